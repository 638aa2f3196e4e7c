/** Commands of the Scenes screen that lead into the editor. */
import { batchKey } from '../../shared/ids.ts';
import { draftsQuery } from '../editor/draftQueries.ts';
import { editLabel, reasonAgainstEditing } from '../editor/editAvailability.ts';
import { continueDraft, editVersion } from '../editor/openEditor.ts';
import { queryClient } from '../queryClient.ts';
import type { Command } from './command.ts';
import type { CommandContext } from './context.ts';

const scenes = { group: 'Scenes', isInPalette: true } as const;

export function editCommands({ batch, chosen, selection, host }: CommandContext): readonly Command[] {
  const ref = selection.batch;
  const to = chosen?.to ?? null;
  const canWrite = host?.workspace?.canWrite ?? true;
  const draft = ref && queryClient.getQueryData(draftsQuery().queryKey)?.get(batchKey(ref));
  const edit: Command = {
    ...scenes,
    id: 'edit',
    title: to ? editLabel(to.version) : 'Edit the selected version into a new candidate',
    glyph: 'edited',
    chord: { key: 'e' },
    keysRow: 'Edit into a new candidate',
    disabledReason: batch && to ? reasonAgainstEditing(batch, to, canWrite) : 'No version is selected.',
    run: () => ref && to && void editVersion(ref, to.version),
  };
  if (!ref || !draft) return [edit];
  return [
    edit,
    {
      ...scenes,
      id: 'continueDraft',
      title: 'Continue the draft',
      hint: draft.baseVersion === null ? ref.batchId : `begun from v${draft.baseVersion}`,
      glyph: 'draft',
      disabledReason: null,
      run: () => void continueDraft(ref),
    },
  ];
}
