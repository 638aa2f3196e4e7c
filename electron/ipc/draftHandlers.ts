/** Handlers of drafts and of bodies that are brought in from a file. */
import { z } from 'zod';
import { FailureError } from '../../shared/failure.ts';
import { inspectBytes, inspectFile } from '../drafts/bodyFile.ts';
import { draftSchema, holderSchema } from '../drafts/draftSchema.ts';
import type { DraftStore } from '../drafts/draftStore.ts';
import type { HostAbilities } from './appHandlers.ts';
import { batchInput } from './batchInput.ts';
import type { Handlers } from './handler.ts';

const nothing = z.strictObject({});
/** By what must not be in it: to match tens of megabytes as a whole would exhaust the pattern's stack. */
const base64 = z.custom<string>(
  (value) => typeof value === 'string' && value.length % 4 === 0 && !/[^A-Za-z0-9+/=]|=[^=]/.test(value),
  { error: 'must be the bytes of the file as base64' },
);

type DraftRequest = 'readDraft' | 'saveDraft' | 'discardDraft' | 'listDrafts' | 'chooseBodyFile' | 'inspectBody';

export function draftHandlers({
  drafts,
  abilities,
}: {
  readonly drafts: DraftStore;
  readonly abilities: Pick<HostAbilities, 'chooseBodyFile'>;
}): Pick<Handlers, DraftRequest> {
  return {
    readDraft: { input: z.strictObject(batchInput), run: (ref) => drafts.read(ref) },
    saveDraft: {
      input: z.strictObject({ draft: draftSchema, holder: holderSchema.optional() }),
      run: ({ draft, holder }) => drafts.save(draft, holder),
    },
    discardDraft: {
      input: z.strictObject({ ...batchInput, holder: holderSchema.optional() }),
      async run({ holder, ...ref }) {
        await drafts.discard(ref, holder);
        return {};
      },
    },
    listDrafts: { input: nothing, run: () => drafts.list() },
    chooseBodyFile: {
      input: nothing,
      async run() {
        if (abilities.chooseBodyFile === null) {
          throw new FailureError('invalid', 'This host has no file dialog: send the file with inspectBody instead.');
        }
        const file = await abilities.chooseBodyFile();
        return { body: file === null ? null : await inspectFile(file) };
      },
    },
    inspectBody: {
      input: z.strictObject({ name: z.string().min(1).max(1024), base64 }),
      run: async ({ name, base64: text }) => ({ body: inspectBytes(name, Buffer.from(text, 'base64')) }),
    },
  };
}
