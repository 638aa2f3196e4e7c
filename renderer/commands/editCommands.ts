/** Commands of the Scenes screen that lead into the editor. */
import { batchKey } from '../../shared/ids.ts';
import { editLabel, reasonAgainstEditing } from '../editor/editAvailability.ts';
import { useKeptDrafts } from '../editor/keptDrafts.ts';
import { continueDraft, editVersion } from '../editor/openEditor.ts';
import type { Command } from './command.ts';
import type { CommandContext } from './context.ts';

const scenes = { group: 'Scenes', isInPalette: true } as const;

export function editCommands({ batch, chosen, selection, writing }: CommandContext): readonly Command[] {
  const ref = selection.batch;
  const to = chosen?.to ?? null;
  const { drafts } = useKeptDrafts.getState();
  const key = ref && batchKey(ref);
  const edit: Command = {
    ...scenes,
    id: 'edit',
    title: to ? editLabel(to.version) : 'Edit the selected version into a new candidate',
    glyph: 'edited',
    chord: { key: 'e' },
    keysRow: 'Edit into a new candidate',
    disabledReason: batch && to ? reasonAgainstEditing(batch, to, writing) : 'No version is selected.',
    run: () => ref && to && void editVersion(ref, to.version),
  };
  // That of the shown batch first; a new batch that was not written yet is in no list.
  const byNearness = [...drafts].sort(([one], [other]) => Number(other === key) - Number(one === key));
  return [
    edit,
    ...byNearness.map(
      ([id, head]): Command => ({
        ...scenes,
        id: `continueDraft ${id}`,
        title: id === key ? 'Continue the draft' : `Continue the draft of ${head.batch.batchId}`,
        hint: head.baseVersion === null ? head.batch.batchId : `begun from v${head.baseVersion}`,
        glyph: 'draft',
        disabledReason: null,
        run: () => void continueDraft(head.batch),
      }),
    ),
  ];
}
