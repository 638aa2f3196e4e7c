/** Another person's writes on the same workspace, through the built stdio face in a process of its own. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import type { Input, RequestName } from '../../shared/contract.ts';
import { environmentFor } from './hostProcess.ts';
import { projectRoot } from './temporaryFolders.ts';

interface Asked<Name extends RequestName = RequestName> {
  readonly request: Name;
  /** Loose, so that a test may send what the contract forbids. */
  readonly input: Input<Name> | Record<string, unknown>;
}

const answerShape = z.object({ id: z.number(), ok: z.boolean(), value: z.unknown(), failure: z.unknown() }).partial({
  value: true,
  failure: true,
});

type Answer = z.infer<typeof answerShape>;

/** Sends the requests in order, ends the input, and gives the answers by id. */
async function asSecondWriter(workspace: string, user: string, asked: readonly Asked[]): Promise<readonly Answer[]> {
  const data = await mkdtemp(path.join(os.tmpdir(), 'picture-lock-second-'));
  try {
    const child = spawn(process.execPath, ['dist/main/stdio.js', '--workspace', workspace, '--data', data], {
      cwd: projectRoot,
      env: environmentFor(user),
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    child.stdin.end(asked.map((each, index) => `${JSON.stringify({ id: index + 1, ...each })}\n`).join(''));
    const code = await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    if (code !== 0) throw new Error(`The second writer ended with ${String(code)}: ${said}`);
    return said
      .trimEnd()
      .split('\n')
      .map((line) => answerShape.parse(JSON.parse(line)))
      .sort((a, b) => (a.id ?? 0) - (b.id ?? 0));
  } finally {
    await rm(data, { recursive: true, force: true });
  }
}

/** The same, for one request that must succeed. */
export async function secondWriterDoes(workspace: string, user: string, asked: Asked): Promise<void> {
  const [answer] = await asSecondWriter(workspace, user, [asked]);
  if (answer?.ok !== true) throw new Error(`The second writer was refused: ${JSON.stringify(answer)}`);
}
