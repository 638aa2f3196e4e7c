/** The beats of the draft as a list: one stop for the focus; a row is moved by dragging it, or by its keys. */
import {
  Accessibility,
  type defaultPreset,
  Feedback,
  PointerActivationConstraints,
  PointerSensor,
  StyleInjector,
} from '@dnd-kit/dom';
import { DragDropProvider, type DragMoveEvent } from '@dnd-kit/react';
import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type MouseEvent, useCallback, useEffect, useRef, useState } from 'react';
import { sceneDuration } from '../../../shared/comparedBody.ts';
import { keepFocus } from '../../scenes/focus.ts';
import { stepTo } from '../../scenes/stepTo.ts';
import { Button } from '../../ui/Button.tsx';
import { Glyph } from '../../ui/Glyph.tsx';
import { Keys } from '../../ui/Kbd.tsx';
import { useLive } from '../compare/liveComparison.ts';
import { type OpenDraft, sceneRow, useDraft } from '../draftStore.ts';
import { useEditorPanes } from '../editorPanes.ts';
import { addBeat, moveBeatTo, moveSelectedBeat, removeSelectedBeat } from './beatActions.ts';
import { OutlineRow } from './OutlineRow.tsx';
import { dropIndex, outlineBeat } from './outlineRows.ts';
import './outline.css';

const rowHeight = 28;

const sensors = [
  // A click stays a click. Its keyboard sensor is left out: Alt and an arrow move the row that is selected.
  PointerSensor.configure({ activationConstraints: [new PointerActivationConstraints.Distance({ value: 5 })] }),
];

type Plugins = typeof defaultPreset.plugins;

/** Its own accessibility makes a button of each row; these are options of a list box, and say their keys themselves. */
const withOurs = (all: Plugins): Plugins => [
  ...all.filter((each) => each !== Accessibility),
  // Nothing moves before it is dropped: a line shows where it would land.
  Feedback.configure({ feedback: 'none' }),
  StyleInjector.configure({ nonce: globalThis.__webpack_nonce__ ?? '' }),
];

interface Drag {
  readonly from: number;
  /** Where it would land. */
  readonly to: number;
}

export function Outline({ draft }: { readonly draft: OpenDraft }) {
  const { scene, beat: selected, pending } = draft;
  const scroller = useRef<HTMLDivElement>(null);
  const [drag, setDrag] = useState<Drag | null>(null);
  const isLocked = pending?.scope === 'scene';
  const count = scene.beats.length;

  const draggedRow = drag === null ? null : drag.from + 1;
  const rangeExtractor = useCallback(
    (range: Range) => {
      const drawn = new Set(defaultRangeExtractor(range));
      // A row that is not drawn cannot be dragged on, and the row with the cursor must be there for a screen reader.
      for (const row of [draggedRow, selected + 1]) if (row !== null && row < range.count) drawn.add(row);
      return [...drawn].sort((one, other) => one - other);
    },
    [draggedRow, selected],
  );
  const virtual = useVirtualizer({
    count: count + 1,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    rangeExtractor,
  });
  useEffect(() => virtual.scrollToIndex(selected + 1, { align: 'auto' }), [selected, virtual]);

  const onKeyDown = (event: KeyboardEvent) => {
    const { key } = event;
    if (event.altKey && (key === 'ArrowUp' || key === 'ArrowDown')) moveSelectedBeat(key === 'ArrowUp' ? -1 : 1);
    else if (event.ctrlKey || event.metaKey || event.altKey) return;
    else if (key === 'Delete') removeSelectedBeat();
    else if (key === 'Enter') enterForm();
    else {
      const next = stepTo(key, selected + 1, count + 1);
      if (next === null) return;
      useDraft.getState().selectBeat(next - 1);
    }
    event.preventDefault();
  };
  const onClick = (event: MouseEvent<HTMLElement>) => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null;
    if (!row) return;
    useDraft.getState().selectBeat(Number(row.dataset.index));
    useEditorPanes.getState().showPane('beat');
  };

  const landing = ({ operation }: Pick<DragMoveEvent, 'operation'>): Drag | null => {
    const list = scroller.current;
    const from = Number(operation.source?.id ?? -1);
    if (!list || from < 0) return null;
    const y = operation.position.current.y - list.getBoundingClientRect().top + list.scrollTop - rowHeight;
    return { from, to: dropIndex(y, rowHeight, from, count) };
  };

  const drawn = virtual.getVirtualItems();
  return (
    <section className="pane pane--sunken" aria-label="Beats" data-pane="outline">
      <div className="pane__head">
        <h2 className="pane__title">Beats</h2>
        <span className="faint">
          {count}, {sceneDuration(scene).toFixed(1)} s
        </span>
        <Button
          look="quiet"
          isSmall
          isIcon
          className="push"
          disabled={isLocked}
          aria-label={addLabel(draft)}
          aria-keyshortcuts="A"
          onClick={addBeat}
        >
          <Glyph name="added" />
        </Button>
      </div>
      <DragDropProvider
        sensors={sensors}
        plugins={withOurs}
        onDragMove={(event) => setDrag(landing(event))}
        onDragEnd={(event) => {
          setDrag(null);
          const landed = event.canceled ? null : landing(event);
          if (landed && landed.from !== landed.to) moveBeatTo(landed.from, landed.to);
        }}
      >
        <div
          ref={scroller}
          id="beat-list"
          className="pane__body outline is-active-list"
          role="listbox"
          aria-label="Scene and beats, in order"
          tabIndex={0}
          data-focus-home=""
          aria-activedescendant={selected === sceneRow ? 'beat-row-scene' : `beat-row-${selected}`}
          aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown Delete"
          onFocus={keepFocus}
          onKeyDown={onKeyDown}
          onClick={onClick}
        >
          <div className="outline__all" role="none" style={{ height: virtual.getTotalSize() }}>
            {drawn.map(({ index, start }) => (
              <div key={index} role="none" className="outline__row" style={{ transform: `translateY(${start}px)` }}>
                {index === 0 ? (
                  <SceneRow title={scene.title} isSelected={selected === sceneRow} count={count} />
                ) : (
                  <OutlineRow
                    beat={outlineBeat(scene.beats[index - 1] ?? {})}
                    index={index - 1}
                    count={count}
                    isSelected={selected === index - 1}
                    isLocked={isLocked}
                  />
                )}
              </div>
            ))}
            {drag && drag.to !== drag.from && (
              <div
                className="outline__gap"
                style={{ transform: `translateY(${(drag.to + (drag.to > drag.from ? 2 : 1)) * rowHeight - 1}px)` }}
              />
            )}
          </div>
        </div>
      </DragDropProvider>
      <div className="pane__note">
        <Keys of={['Alt', '↑']} />
        <Keys of={['Alt', '↓']} />
        <span>
          move<span className="hide-narrow"> the beat</span>
        </span>
      </div>
    </section>
  );
}

function addLabel({ scene, beat }: OpenDraft): string {
  const after = scene.beats[beat];
  return after ? `Add a beat after ${outlineBeat(after).id || `beat ${beat + 1}`}` : 'Add a beat at the start';
}

/** Enter goes on to the fields of what is selected. */
function enterForm(): void {
  useEditorPanes.getState().showPane('beat');
  requestAnimationFrame(() =>
    document.querySelector<HTMLElement>('[data-pane="beat"] .pane__body :is(input, textarea):not(:disabled)')?.focus(),
  );
}

interface SceneRowProps {
  readonly title: unknown;
  readonly isSelected: boolean;
  readonly count: number;
}

const SceneRow = ({ title, isSelected, count }: SceneRowProps) => (
  <div
    id="beat-row-scene"
    data-index={sceneRow}
    role="option"
    tabIndex={-1}
    aria-selected={isSelected}
    aria-posinset={1}
    aria-setsize={count + 1}
    className={isSelected ? 'row row--scene is-selected' : 'row row--scene'}
  >
    <Glyph name="mark" size={12} className="faint" />
    <span className="strong">Scene</span>
    <span className="clip faint" dir="auto">
      {typeof title === 'string' ? title : ''}
    </span>
    <SceneMark />
  </div>
);

function SceneMark() {
  const isEdited = useLive((state) => (state.live?.scene.length ?? 0) > 0);
  return (
    isEdited && (
      <span className="row__marks">
        <Glyph name="edited" size={12} className="k-edited" label="edited" />
      </span>
    )
  );
}
