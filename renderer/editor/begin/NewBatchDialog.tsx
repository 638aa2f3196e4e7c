/** A new batch: where it stands and what it is called; its body is begun empty, and nothing is written before the draft is. */
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { batchKey } from '../../../shared/ids.ts';
import { failureOf } from '../../queryClient.ts';
import { useSelection } from '../../scenes/selection.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Glyph } from '../../ui/Glyph.tsx';
import { emptyScene } from '../newBeats.ts';
import { editBody } from '../openEditor.ts';
import { readBatchAgain } from '../write/askToWrite.ts';
import { useBeginning } from './beginning.ts';
import { TargetFields } from './TargetFields.tsx';
import { nextBatchId, readTarget, suggestedTarget, type TypedTarget } from './target.ts';
import { useProjects } from './useProjects.ts';

export function NewBatchDialog() {
  const { close } = useBeginning.getState();
  const { rows, projects } = useProjects();
  const [typed, setTyped] = useState<TypedTarget | null>(null);
  const [title, setTitle] = useState('');
  const titleId = useId();
  const shown = typed ?? suggestedTarget(rows, useSelection.getState().batch, projects ?? []);
  const read = readTarget(shown, projects);
  const isTaken = read.kind === 'target' && rows.some((row) => batchKey(row) === batchKey(read.ref));

  const begin = useMutation({
    mutationFn: async () => {
      if (read.kind !== 'target' || isTaken) return;
      const { ref } = read;
      // The list may not know it yet.
      if ((await readBatchAgain(ref)) !== null) throw new Error(takenSentence(ref.batchId));
      close();
      await editBody(ref, { ...emptyScene(ref), title: title.trim() }, null);
    },
    meta: { isHandled: true },
  });
  const change = (next: TypedTarget) => {
    begin.reset();
    const isElsewhere = next.project !== shown.project || next.episode !== shown.episode;
    // A number that was only suggested follows the episode; one that was typed stays.
    const wasSuggested = shown.batchId === nextBatchId(rows, shown.project, Number(shown.episode));
    const batchId = isElsewhere && wasSuggested ? nextBatchId(rows, next.project, Number(next.episode)) : next.batchId;
    setTyped({ ...next, batchId });
  };
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (read.kind === 'target' && !isTaken && !begin.isPending) begin.mutate();
  };
  const refusal = isTaken ? takenSentence(read.ref.batchId) : null;
  return (
    <Dialog
      isOpen
      className="dialog--decision"
      onClose={close}
      title="New batch"
      lead="Begins an empty scene. Nothing is written before you write the draft; an episode that is new is made then."
      foot={
        <>
          <span className="hint" />
          <Button onClick={close}>Cancel</Button>
          <Button
            look="primary"
            onClick={() => submit()}
            disabled={read.kind !== 'target' || isTaken}
            aria-disabled={begin.isPending}
          >
            {read.kind === 'target' ? `Begin ${read.ref.batchId}` : 'Begin the batch'}
          </Button>
        </>
      }
    >
      <form onSubmit={submit} className="target-form">
        <TargetFields typed={shown} read={read} projects={projects ?? []} refusal={refusal} onChange={change} />
        <div className="target">
          <label className="target__label" htmlFor={titleId}>
            Title
          </label>
          <input
            id={titleId}
            className="field__input"
            dir="auto"
            data-first-focus=""
            autoComplete="off"
            placeholder="INT. NET LOFT – DAY"
            value={title}
            onChange={(event) => setTitle(event.target.value)}
          />
        </div>
        {/* Enter in a field sends the form only where it has such a button; the one that is shown stands in the foot. */}
        <button type="submit" hidden />
      </form>
      {begin.error !== null && (
        <div className="notice notice--bad" role="alert">
          <Glyph name="problem" className="s-bad" />
          <span className="wrap">
            {begin.error instanceof Error ? begin.error.message : failureOf(begin.error).message}
          </span>
        </div>
      )}
    </Dialog>
  );
}

const takenSentence = (batchId: string): string =>
  `${batchId} is there already. Choose another number, or edit one of its versions.`;
