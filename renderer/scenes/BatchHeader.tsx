/** The head of a batch: its name, and the facts that a decision hangs on. */
import type { ReactNode } from 'react';
import type { BatchView } from '../../shared/contract.ts';
import { type BatchRef, batchKey, episodeName } from '../../shared/ids.ts';
import type { VersionSummary } from '../../shared/manifest.ts';
import { Glyph } from '../ui/Glyph.tsx';
import { counted } from './counted.ts';
import { useHostState } from './hostState.ts';
import { lockHolder, lockText } from './lockText.ts';
import './batch.css';

const Fact = ({ name, title, children }: { name: string; title?: string | undefined; children: ReactNode }) => (
  <div className="fact" title={title}>
    <dt className="fact__k">{name}</dt>
    <dd className="fact__v">{children}</dd>
  </div>
);

export function BatchHeader({ refOf, batch }: { readonly refOf: BatchRef; readonly batch: BatchView }) {
  const active = batch.versions.find((each) => each.isActive) ?? null;
  const title = active?.title ?? batch.versions.find((each) => each.title !== null)?.title ?? refOf.batchId;
  return (
    <header className="batch">
      <div className="batch__name">
        <h1 className="batch__title clip" dir="auto" title={title}>
          {title}
        </h1>
        <div className="batch__where">
          <span className="mono">
            {episodeName(refOf.episode)} / {refOf.batchId}
          </span>
          <span className="clip hide-narrow">{refOf.project}</span>
        </div>
      </div>
      <dl className="facts">
        <Fact name="Active version">
          <ActiveVersion batch={batch} active={active} />
        </Fact>
        <Fact name="Freshness gate">
          <Gate active={active} />
        </Fact>
        {active && active.durationS !== null && (
          <Fact name="Length">
            {active.durationS.toFixed(1)} s
            {active.shotCount !== null && (
              <span className="faint hide-narrow">{counted(active.shotCount, 'shot')}</span>
            )}
          </Fact>
        )}
        <Lock refOf={refOf} batch={batch} />
      </dl>
    </header>
  );
}

function ActiveVersion({ batch, active }: { readonly batch: BatchView; readonly active: VersionSummary | null }) {
  if (!active) {
    return (
      <>
        <Glyph name="problem" size={12} className="s-bad" />
        {batch.activeVersion === null ? 'not known' : `v${batch.activeVersion}, not found`}
      </>
    );
  }
  const isApproved = active.state === 'approved';
  return (
    <>
      <Glyph name="pointer" size={12} className="s-pointer" />v{active.version}
      <Glyph name={active.state} size={12} className={isApproved ? 's-ok' : 'faint'} />
      {active.state}
    </>
  );
}

function Gate({ active }: { readonly active: VersionSummary | null }) {
  if (!active) return <span className="faint">not known</span>;
  const isOpen = active.downstream === 'derived';
  return (
    <>
      <Glyph name={isOpen ? 'gate-open' : 'gate-closed'} className={isOpen ? 's-ok' : 's-warn'} />
      <span>
        {isOpen ? 'open' : 'closed'}
        <span className="hide-narrow">
          {isOpen ? `, v${active.version} derived` : `, v${active.version} not derived`}
        </span>
      </span>
    </>
  );
}

function Lock({ refOf, batch }: { readonly refOf: BatchRef; readonly batch: BatchView }) {
  const wait = useHostState((state) => state.waits.get(batchKey(refOf)));
  const owner = wait?.owner ?? batch.lock;
  return (
    <Fact name="Lock" title={owner ? lockText(owner) : undefined}>
      <Glyph name="lock" size={12} className={owner ? 's-warn' : 'faint'} />
      {owner ? lockHolder(owner) : 'free'}
    </Fact>
  );
}
