/** The history of a batch: versions newest first with their lineage, the facts of the selected one, and who decided what. */
import { type KeyboardEvent, type MouseEvent, useEffect, useMemo, useRef } from 'react';
import type { BatchView } from '../../shared/contract.ts';
import type { BatchRef } from '../../shared/ids.ts';
import { EditButton } from '../editor/EditButton.tsx';
import { Button } from '../ui/Button.tsx';
import { ContextMenu } from '../ui/ContextMenu.tsx';
import { Glyph } from '../ui/Glyph.tsx';
import { Menu, MenuEntries } from '../ui/Menu.tsx';
import { ScrollRegion } from '../ui/ScrollRegion.tsx';
import { chosenVersions } from './chosenVersions.ts';
import { keepFocus } from './focus.ts';
import { LedgerList } from './LedgerList.tsx';
import { layLineage } from './lineage.ts';
import { useSelection } from './selection.ts';
import { stepTo } from './stepTo.ts';
import { useVersionEntries } from './useVersionEntries.ts';
import { VersionFacts } from './VersionFacts.tsx';
import { VersionRow } from './VersionRow.tsx';
import './versions.css';

interface VersionsPaneProps {
  readonly refOf: BatchRef;
  readonly batch: BatchView;
  /** Another batch is being read; this one stays until it is there. */
  readonly isReading: boolean;
}

export function VersionsPane({ refOf, batch, isReading }: VersionsPaneProps) {
  const selection = useSelection();
  const list = useRef<HTMLDivElement>(null);
  const { to, from } = chosenVersions(batch, selection);
  const graph = useMemo(() => layLineage(batch.versions), [batch.versions]);
  const selectedIndex = to ? batch.versions.indexOf(to) : -1;
  const entries = useVersionEntries(refOf, batch, to);

  useEffect(() => {
    list.current?.querySelector(`#version-${selectedIndex}`)?.scrollIntoView({ block: 'nearest' });
  }, [selectedIndex]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = batch.versions[stepTo(event.key, selectedIndex, batch.versions.length) ?? -1];
    if (next) selection.selectVersion(next.version);
    else if (event.key === 'Enter' && event.shiftKey && to) selection.setFrom({ kind: 'version', version: to.version });
    else return;
    event.preventDefault();
  };
  const selectUnder = (event: MouseEvent<HTMLElement>) => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null;
    const version = batch.versions[Number(row?.dataset.index ?? -1)]?.version;
    if (version === undefined) return;
    if (event.type === 'click' && event.shiftKey) selection.setFrom({ kind: 'version', version });
    else selection.selectVersion(version);
  };

  return (
    <section className="pane" aria-label="Version history" data-pane="versions">
      <div className="pane__head">
        <h2 className="pane__title">Versions</h2>
        <span className="faint">{batch.versions.length}</span>
        {to && <EditButton refOf={refOf} batch={batch} version={to} />}
        {to && (
          <Menu
            align="end"
            trigger={
              <Button look="quiet" isSmall isIcon aria-label={`Actions on v${to.version}`}>
                <Glyph name="more" />
              </Button>
            }
          >
            <MenuEntries entries={entries} />
          </Menu>
        )}
      </div>
      {isReading && <div className="pane__progress" />}
      <ContextMenu entries={entries}>
        <div
          ref={list}
          id="version-list"
          className="versions"
          role="listbox"
          aria-label="Versions, newest first"
          tabIndex={0}
          aria-activedescendant={to ? `version-${selectedIndex}` : undefined}
          onFocus={keepFocus}
          onKeyDown={onKeyDown}
          onClick={selectUnder}
          onContextMenu={selectUnder}
        >
          {batch.versions.map((version, index) => (
            <VersionRow
              // A damaged manifest may register a number twice.
              key={`${version.version} ${version.artifact}`}
              index={index}
              version={version}
              lineage={graph.rows[index]}
              lanes={graph.lanes}
              isTo={version === to}
              isFrom={version === from && from !== to}
            />
          ))}
        </div>
      </ContextMenu>
      <ScrollRegion className="pane__body" label="Facts and decisions">
        {to && <VersionFacts version={to} />}
        <LedgerList batch={batch} />
      </ScrollRegion>
    </section>
  );
}
