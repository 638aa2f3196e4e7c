/** What keeps a text of the JSON pane out of the draft, and with it the draft from being written. */
import type { BodyFinding } from '../../../shared/bodyFinding.ts';
import type { PendingJson } from '../../../shared/draft.ts';
import type { OpenDraft } from '../draftStore.ts';
import { readTarget } from './jsonTarget.ts';

export interface PendingProblem {
  readonly pending: PendingJson;
  /** The first error. */
  readonly finding: BodyFinding;
  /** "B013", or "the whole scene". */
  readonly place: string;
}

const known = new WeakMap<PendingJson, BodyFinding>();

/** Null where every text that was typed has become part of the draft. */
export function pendingProblem(draft: OpenDraft): PendingProblem | null {
  const { pending } = draft;
  if (pending === null) return null;
  const finding = known.get(pending) ?? firstError(draft, pending);
  known.set(pending, finding);
  return { pending, finding, place: placeOf(draft, pending) };
}

function placeOf({ scene }: OpenDraft, pending: PendingJson): string {
  if (pending.scope === 'scene') return 'the whole scene';
  const id = scene.beats[pending.beat]?.beat_id;
  return typeof id === 'string' && id !== '' ? id : `beat ${pending.beat + 1}`;
}

function firstError(draft: OpenDraft, pending: PendingJson): BodyFinding {
  const { findings } = readTarget(draft, pending, pending.text);
  return (
    findings.find(({ severity }) => severity === 'error') ?? {
      severity: 'error',
      line: 1,
      column: 1,
      offset: 0,
      length: 0,
      jsonPath: '$',
      // Between the last key and the moment when it is taken over.
      message: 'This text has not been taken over yet. Change something in it to have it read again.',
    }
  );
}
