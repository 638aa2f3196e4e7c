/** What becomes of a draft whose answer was lost: it is given up only for a version that is wholly what was sent. */
import { expect, test, vi } from 'vitest';
import type { RequestName, Transport } from '../../../shared/contract.ts';
import type { Reply } from '../../../shared/failure.ts';
import type { BatchRef } from '../../../shared/ids.ts';
import type { OpenWriting } from './writing.ts';

const host = vi.hoisted(() => {
  const answers = new Map<RequestName, Reply<unknown>>();
  const transport: Transport = {
    request: async (name) => answers.get(name) ?? { ok: true, value: {} },
    onNotice: () => () => {},
    onConnection: () => () => {},
  };
  Object.assign(globalThis, { window: Object.assign(new EventTarget(), { pictureLock: transport }) });
  return answers;
});

const { batch, details, manifest, summary } = await import('../../decide/sampleBatch.ts');
const { writeCandidate } = await import('./writeCandidate.ts');

const fingerprint = 'sf1:aa';
const scene = (title: string) => ({ scene_id: 'BATCH_003', title, beats: [] });
const open: OpenWriting = {
  draft: {
    batch: { project: 'harbor-lights', episode: 1, batchId: 'BATCH_003' } as BatchRef,
    base: { version: 4, scene: scene('A') },
    scene: scene('B'),
    kind: 'reshoot',
    source: 'manual_edit',
    pending: null,
    beat: 0,
  },
  batch: batch({ versions: [summary(4)] }),
  seen: details(manifest(4, []), 'a'),
  step: { kind: 'ask' },
};
const write = () => writeCandidate(open, { fingerprint, isRepeatAllowed: true, uncertainty: null });

test('a version of the same beats under another title is somebody else’s: the draft stays', async () => {
  const found = summary(5, { fingerprint, recordedFingerprint: fingerprint, parentVersion: 4, source: 'manual_edit' });
  host.set('writeCandidate', { ok: false, failure: { code: 'unreachable', message: 'The connection was lost.' } });
  host.set('getBatch', { ok: true, value: batch({ versions: [found, summary(4)] }) });
  host.set('readScene', { ok: true, value: scene('Of the pipeline') });
  await expect(write()).rejects.toMatchObject({ code: 'unreachable' });
  host.set('readScene', { ok: true, value: scene('B') });
  await expect(write()).resolves.toMatchObject({ kind: 'written', written: { version: 5 } });
});
