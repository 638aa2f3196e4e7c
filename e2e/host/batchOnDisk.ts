/** What stands on disk of one batch, read as the pipeline would read it: without the app. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

const manifestShape = z.looseObject({
  active_version: z.number(),
  versions: z.array(
    z.looseObject({ version: z.number(), artifact: z.string(), state: z.string(), downstream: z.string() }),
  ),
});
const lineShape = z.looseObject({
  seq: z.number(),
  by: z.object({ user: z.string(), host: z.string() }),
  action: z.string(),
  from: z.number().nullable(),
  to: z.number().nullable(),
  note: z.string().nullable(),
  revision: z.string(),
  prev: z.string().nullable(),
});

type DiskManifest = z.infer<typeof manifestShape>;
type DiskLine = z.infer<typeof lineShape>;

interface BatchOnDisk {
  readonly folder: string;
  readonly manifestFile: string;
  readonly lockFile: string;
  manifest(): Promise<DiskManifest>;
  entry(version: number): Promise<DiskManifest['versions'][number]>;
  /** Empty where there is no ledger. */
  ledger(): Promise<readonly DiskLine[]>;
  readText(name: string): Promise<string>;
}

export function batchOnDisk(workspace: string, project: string, episode: number, batchId: string): BatchOnDisk {
  const prefix = `ep_${String(episode).padStart(3, '0')}_${batchId}`;
  const folder = path.join(workspace, project, prefix.slice(0, prefix.indexOf('_BATCH')), 'scenes');
  const manifestFile = path.join(folder, `${prefix}.versions.json`);
  const manifest = async (): Promise<DiskManifest> =>
    manifestShape.parse(JSON.parse(await readFile(manifestFile, 'utf8')));
  return {
    folder,
    manifestFile,
    lockFile: path.join(folder, `${prefix}.versions.lock`),
    manifest,
    entry: async (version) => {
      const entry = (await manifest()).versions.find((each) => each.version === version);
      if (!entry) throw new Error(`${prefix} has no v${version}.`);
      return entry;
    },
    ledger: async () => {
      const name = `${prefix}.decisions.jsonl`;
      if (!(await readdir(folder)).includes(name)) return [];
      const text = await readFile(path.join(folder, name), 'utf8');
      return text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => lineShape.parse(JSON.parse(line)));
    },
    readText: (name) => readFile(path.join(folder, name), 'utf8'),
  };
}

export const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');
