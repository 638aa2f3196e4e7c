/** Starts trials: each in a new process with an empty or a given data folder, its answer parsed. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { z } from 'zod';

const execute = promisify(execFile);

/** The word that run.ts takes for it. */
const trialCommand = 'size-trial';

export async function startTrial<Answer>(
  name: string,
  answer: z.ZodType<Answer>,
  workspace: string,
  dataFolder: string,
): Promise<Answer> {
  const program = process.argv[1] ?? '';
  const { stdout } = await execute(process.execPath, [program, trialCommand, name, workspace, dataFolder]);
  return answer.parse(JSON.parse(stdout));
}

/** For the time of the work. */
export async function withDataFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(path.join(tmpdir(), 'picture-lock-bench-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
