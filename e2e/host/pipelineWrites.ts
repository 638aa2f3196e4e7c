/** What the pipeline, or a shell, does to a workspace while the app is open: files written as they write them, without the app. */
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

const manifestShape = z.looseObject({
  active_version: z.number(),
  versions: z.array(z.looseObject({ version: z.number(), artifact: z.string() })),
});

/** A file becomes visible at once and whole. */
async function put(file: string, text: string): Promise<void> {
  const temp = path.join(path.dirname(file), `.${path.basename(file)}.pipeline`);
  await writeFile(temp, text);
  await rename(temp, file);
}

interface PipelineWrites {
  /** One candidate more, a copy of the newest body; gives its number. */
  append(batchId: string): Promise<number>;
  movePointer(batchId: string, version: number): Promise<void>;
  /** A batch that was never there: a flat body alone. */
  addBatch(batchId: string, title: string): Promise<void>;
  /** All files of a batch. */
  remove(batchId: string, names: readonly string[]): Promise<void>;
}

export function pipelineWrites(workspace: string, project = 'harbor-lights', episode = 'ep_001'): PipelineWrites {
  const scenes = path.join(workspace, project, episode, 'scenes');
  const fileOf = (batchId: string, ending: string) => path.join(scenes, `${episode}_${batchId}.${ending}`);
  const readManifest = async (batchId: string) =>
    manifestShape.parse(JSON.parse(await readFile(fileOf(batchId, 'versions.json'), 'utf8')));
  const writeManifest = (batchId: string, manifest: unknown) =>
    put(fileOf(batchId, 'versions.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  return {
    append: async (batchId) => {
      const manifest = await readManifest(batchId);
      const newest = manifest.versions.at(-1);
      if (!newest) throw new Error(`${batchId} has no version.`);
      const version = newest.version + 1;
      const ending = `v${String(version).padStart(3, '0')}.json`;
      const body = await readFile(path.join(scenes, newest.artifact), 'utf8');
      await put(fileOf(batchId, ending), body);
      const entry = {
        ...newest,
        version,
        artifact: path.basename(fileOf(batchId, ending)),
        state: 'candidate',
        downstream: 'not_derived',
        parent_version: newest.version,
      };
      await writeManifest(batchId, { ...manifest, versions: [...manifest.versions, entry] });
      return version;
    },
    movePointer: async (batchId, version) =>
      writeManifest(batchId, { ...(await readManifest(batchId)), active_version: version }),
    addBatch: (batchId, title) =>
      put(
        fileOf(batchId, 'json'),
        JSON.stringify({ schema_version: 1, scene_id: batchId, episode: 1, title, beats: [] }),
      ),
    remove: async (batchId, endings) => {
      await Promise.all(endings.map((ending) => rm(fileOf(batchId, ending), { force: true })));
    },
  };
}
