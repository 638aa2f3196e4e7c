/** Where a body that can be written goes: the batch that it names, or another one that it is made to name. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { sceneDuration } from '../../../shared/comparedBody.ts';
import type { BatchView } from '../../../shared/contract.ts';
import type { ImportedBody } from '../../../shared/draft.ts';
import { type BatchRef, batchKey, episodeName } from '../../../shared/ids.ts';
import type { Scene } from '../../../shared/scene.ts';
import { Fact, Facts } from '../../decide/parts.tsx';
import { failureOf } from '../../queryClient.ts';
import { counted } from '../../scenes/counted.ts';
import { useSelection } from '../../scenes/selection.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Glyph } from '../../ui/Glyph.tsx';
import { editBody } from '../openEditor.ts';
import { readBatchAgain } from '../write/askToWrite.ts';
import { useBeginning } from './beginning.ts';
import { FindingList } from './FindingList.tsx';
import { type Mismatch, mismatchOf, retargeted } from './importedScene.ts';
import { TargetFields } from './TargetFields.tsx';
import { bodyTarget, type ReadTarget, readTarget, type TypedTarget } from './target.ts';
import { useProjects } from './useProjects.ts';

export function ImportTarget({ body, scene }: { readonly body: ImportedBody; readonly scene: Scene }) {
  const { close } = useBeginning.getState();
  const { rows, projects } = useProjects();
  const [typed, setTyped] = useState<TypedTarget | null>(null);
  const [isRenamed, setRenamed] = useState(false);
  const episode = typeof scene.episode === 'number' ? scene.episode : null;
  const suggested = bodyTarget(rows, useSelection.getState().batch, projects ?? [], {
    sceneId: scene.scene_id,
    episode,
  });
  const shown = typed ?? suggested;
  const read = readTarget(shown, projects);
  const ref = read.kind === 'target' ? read.ref : null;
  const there = useTarget(ref);
  const mismatch = ref && mismatchOf(scene, ref);
  const reason = reasonAgainst(read, there, mismatch !== null && !isRenamed);
  // Said for a moment only; a button that went and came would lose the focus.
  const isLooking = read.kind === 'target' && !there.isKnown && there.failure === null;
  const base = there.batch && baseOf(there.batch);
  const open = () => {
    if (!ref || reason !== null) return;
    close();
    void editBody(ref, mismatch === null ? scene : retargeted(scene, ref), base ?? null);
  };
  return (
    <Dialog
      isOpen
      className="dialog--decision"
      onClose={close}
      title={`Import ${body.name}`}
      lead="Opens the body as a draft. Nothing is written before you write the draft as a candidate."
      foot={
        <>
          <span className="hint" />
          <Button onClick={close} isFirstFocus={mismatch !== null}>
            Cancel
          </Button>
          <Button
            look="primary"
            isFirstFocus={mismatch === null}
            onClick={open}
            disabled={reason !== null && !isLooking}
            aria-disabled={isLooking}
            title={reason ?? undefined}
          >
            Open as a draft
          </Button>
        </>
      }
    >
      <Facts>
        <Fact label="Body">
          <span className="clip" dir="auto">
            {typeof scene.title === 'string' && scene.title !== '' ? scene.title : 'no title'}
          </span>
          <span className="dim">
            {counted(scene.beats.length, 'shot')}, {sceneDuration(scene).toFixed(1)} s
          </span>
        </Fact>
        <Fact label="Batch">
          {ref === null ? <span className="dim">not known yet</span> : <TargetWords target={ref} there={there} />}
        </Fact>
      </Facts>
      <TargetFields typed={shown} read={read} projects={projects ?? []} onChange={setTyped} />
      {ref && mismatch && (
        <MismatchNotice target={ref} mismatch={mismatch} isRenamed={isRenamed} onChange={setRenamed} />
      )}
      {body.warnings.length > 0 && <FindingList label="Warnings" severity="warning" findings={body.warnings} />}
    </Dialog>
  );
}

/** Null: it can be opened. */
function reasonAgainst(read: ReadTarget, there: Target, isOfAnother: boolean): string | null {
  if (read.kind === 'wrong') return read.reason;
  if (there.failure !== null) return there.failure;
  if (!there.isKnown) return 'The batch is still being looked up.';
  return isOfAnother ? 'The body is of another batch: say that it shall be of this one, or choose its own.' : null;
}

interface Target {
  /** Null: a batch that is not there yet. */
  readonly batch: BatchView | null;
  readonly isKnown: boolean;
  readonly failure: string | null;
}

function useTarget(ref: BatchRef | null): Target {
  const { data, error } = useQuery({
    queryKey: ['importTarget', ref && batchKey(ref)],
    queryFn: () => (ref === null ? null : readBatchAgain(ref)),
    staleTime: 0,
    gcTime: 0,
  });
  return {
    batch: data ?? null,
    isKnown: ref !== null && data !== undefined,
    failure: error === null ? null : failureOf(error).message,
  };
}

/** The active version, where it can be read: against that one the draft is held. */
function baseOf({ versions, activeVersion }: BatchView): number | null {
  const active = versions.find(({ version }) => version === activeVersion);
  return active?.isReadable === true ? active.version : null;
}

function TargetWords({ target: ref, there }: { readonly target: BatchRef; readonly there: Target }) {
  if (there.failure !== null) return <span className="s-bad wrap">{there.failure}</span>;
  if (!there.isKnown) return <span className="dim">looking …</span>;
  const name = `${episodeName(ref.episode)} / ${ref.batchId}`;
  if (there.batch === null) {
    return (
      <>
        <span className="mono">{name}</span> <span className="dim">is new</span>
      </>
    );
  }
  const base = baseOf(there.batch);
  return (
    <>
      <span className="mono">{name}</span>
      <span className="dim">
        has {counted(there.batch.versions.length, 'version')}
        {base === null ? '; none can be compared with' : `; the draft is held against v${base}, the active one`}
      </span>
    </>
  );
}

interface MismatchNoticeProps {
  readonly target: BatchRef;
  readonly mismatch: Mismatch;
  readonly isRenamed: boolean;
  readonly onChange: (isRenamed: boolean) => void;
}

function MismatchNotice({ target, mismatch, isRenamed, onChange }: MismatchNoticeProps) {
  const { sceneId, episode } = mismatch;
  const says = [sceneId === null ? '' : sceneId, episode === null ? '' : `episode ${episode}`].filter(
    (part) => part !== '',
  );
  const set = [
    sceneId === null ? '' : `scene_id to ${target.batchId}`,
    episode === null ? '' : `episode to ${target.episode}`,
  ].filter((part) => part !== '');
  return (
    <>
      <p className="notice">
        <Glyph name="problem" className="s-warn" />
        <span>
          The body says that it is of <b>{says.join(', ')}</b>, not of {target.batchId} in {episodeName(target.episode)}
          .
        </span>
      </p>
      <label className="check">
        <input
          type="checkbox"
          className="check__input"
          checked={isRenamed}
          onChange={(event) => onChange(event.target.checked)}
        />
        Set {set.join(' and ')} in the draft
      </label>
    </>
  );
}
