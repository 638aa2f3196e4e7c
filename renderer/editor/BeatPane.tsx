/** The middle of the editor: the selected beat, or the scene's own fields, as a form. */
import { useMemo } from 'react';
import { beatIdOf, shotIdOf } from '../../shared/comparedBody.ts';
import { kindsInOrder } from '../compare/kinds.ts';
import { Badge } from '../ui/Badge.tsx';
import { Button } from '../ui/Button.tsx';
import { Glyph } from '../ui/Glyph.tsx';
import { baseBeatOf } from './baseBeat.ts';
import { useBeatKinds } from './compare/liveComparison.ts';
import { withBeatValue, withValue } from './draftDocument.ts';
import { type OpenDraft, sceneRow, useDraft } from './draftStore.ts';
import { BeatForm } from './form/BeatForm.tsx';
import { type Edited, EditedContext } from './form/edited.ts';
import { SceneForm } from './form/SceneForm.tsx';
import { duplicateSelectedBeat, removeSelectedBeat } from './outline/beatActions.ts';
import { sceneWords } from './sceneWords.ts';

export function BeatPane({ draft }: { readonly draft: OpenDraft }) {
  const { scene, base, beat: index } = draft;
  const beat = scene.beats[index];
  const baseScene = base?.scene ?? null;
  const edited = useMemo((): Edited => {
    const { change } = useDraft.getState();
    if (!beat || index === sceneRow) {
      return {
        place: [],
        value: scene,
        base: baseScene,
        set: (path, next) => change(`scene: ${path.join('/')}`, (now) => withValue(now, path, next)),
      };
    }
    return {
      place: ['beats', index],
      value: beat,
      base: baseBeatOf(scene, index, baseScene),
      set: (path, next) => change(`${index}: ${path.join('/')}`, (now) => withBeatValue(now, index, path, next)),
    };
  }, [scene, baseScene, beat, index]);
  const words = useMemo(() => sceneWords([scene, baseScene]), [scene, baseScene]);
  const isBeat = beat !== undefined;
  const name = isBeat ? (beatIdOf(beat) ?? `Beat ${index + 1}`) : 'Scene';
  const isLocked = isLockedBy(draft);

  return (
    <section className="pane" aria-label={isBeat ? `Beat ${name}` : 'Scene'} data-pane="beat">
      <div className="pane__head">
        <h2 className="pane__title clip">{name}</h2>
        {isBeat && <span className="mono faint clip">{shotIdOf(beat) ?? ''}</span>}
        <span className="push" />
        {isBeat && <KindBadge index={index} version={base?.version ?? null} />}
        {isBeat && (
          <>
            <Button
              look="quiet"
              isSmall
              disabled={isLocked}
              aria-keyshortcuts="Control+D"
              onClick={duplicateSelectedBeat}
            >
              Duplicate
            </Button>
            <Button look="quiet" isSmall disabled={isLocked} onClick={removeSelectedBeat}>
              Remove
            </Button>
          </>
        )}
      </div>
      {isLocked && (
        <p className="pane__text pane__text--note">
          <Glyph name="problem" size={12} className="s-bad" />
          The JSON beside has an error, so these fields wait: correct it there, or take it back with Undo.
        </p>
      )}
      <EditedContext.Provider value={edited}>
        {/* Another beat is another form: nothing typed for the one before stays in a field. */}
        <fieldset key={isBeat ? index : 'scene'} className="pane__body form" disabled={isLocked}>
          <legend className="u-hidden">{name}</legend>
          {isBeat ? <BeatForm words={words} /> : <SceneForm />}
        </fieldset>
      </EditedContext.Provider>
    </section>
  );
}

/** A text of the JSON pane that is no JSON yet would be lost by an edit of the same object elsewhere. */
const isLockedBy = ({ pending, beat }: OpenDraft): boolean =>
  pending !== null && (pending.scope === 'scene' || pending.beat === beat);

function KindBadge({ index, version }: { readonly index: number; readonly version: number | null }) {
  const kinds = useBeatKinds(index);
  const shown = kindsInOrder.filter((kind) => kinds.includes(kind));
  const against = version === null ? '' : ` against v${version}`;
  return shown.map((kind, at) => (
    <Badge key={kind} glyph={kind} ink={`k-${kind}`}>
      {kind}
      {at === shown.length - 1 && <span className="hide-narrow">{against}</span>}
    </Badge>
  ));
}
