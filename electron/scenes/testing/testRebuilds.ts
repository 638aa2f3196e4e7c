/** For tests: a batch with a history whose manifest is damaged, and what rebuilding it would make. */
import { readFile, writeFile } from 'node:fs/promises';
import type { RepairPreview } from '../../../shared/repair.ts';
import { makeScene } from './testOrders.ts';
import { testBatch as batch, makeStore } from './testStores.ts';

export type Made = Awaited<ReturnType<typeof makeStore>>;
type Options = Parameters<typeof makeStore>[0];

/** v1 flat, v2 to v5; v4 conformed and derived, v5 conformed, then back to v4. */
export async function withHistory(options: Options = {}) {
  const made = await makeStore(options);
  const { store } = made;
  for (let version = 1; version <= 5; version += 1) {
    const parentVersion = version > 1 ? version - 1 : null;
    await store.writeSceneCandidate(batch, makeScene(batch, version), { parentVersion, kind: 'pickup' });
  }
  await store.conform(batch, 4);
  await store.markDerived(batch, 4);
  await store.conform(batch, 5);
  await store.revert(batch, 4, { note: 'Lena saw the dailies' });
  return made;
}

export const damage = async ({ files }: Pick<Made, 'files'>, text = '{"schema_version": 1, "batch_id": "BATCH_0') =>
  await writeFile(files.manifest, text);

export const readManifest = async ({ files }: Pick<Made, 'files'>) =>
  JSON.parse(await readFile(files.manifest, 'utf8'));

export async function previewOf({ store }: Pick<Made, 'store'>) {
  const { preview, previewId } = await store.previewRepair(batch, { repair: 'rebuildManifest' });
  if (preview.repair !== 'rebuildManifest') throw new Error('another repair was previewed');
  return { preview, previewId };
}

/** A line for each version: number, state, downstream, shots, and from where it is known. */
export const shortly = ({ versions }: Extract<RepairPreview, { repair: 'rebuildManifest' }>) =>
  versions.map(({ version, state, downstream, shotCount, knownFrom }) =>
    [version, state, downstream, shotCount ?? '-', knownFrom.kind === 'ledger' ? knownFrom.seq : knownFrom.kind].join(
      ' ',
    ),
  );
