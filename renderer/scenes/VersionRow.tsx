/** One version in the history: its node, number, state and place, and in a second line what it holds. */
import type { VersionSummary } from '../../shared/manifest.ts';
import { Glyph } from '../ui/Glyph.tsx';
import { counted } from './counted.ts';
import { Lineage } from './Lineage.tsx';
import type { LineageRow } from './lineage.ts';
import { problemSign, problemTitle } from './problemText.ts';
import { dayText, utcTime } from './times.ts';
import { isOrphan, originText, shortFingerprint } from './versionText.ts';

interface VersionRowProps {
  readonly index: number;
  readonly version: VersionSummary;
  readonly lineage: LineageRow | undefined;
  readonly lanes: number;
  readonly isTo: boolean;
  readonly isFrom: boolean;
}

export function VersionRow({ index, version, lineage, lanes, isTo, isFrom }: VersionRowProps) {
  return (
    <div
      id={`version-${index}`}
      data-index={index}
      role="option"
      tabIndex={-1}
      aria-selected={isTo}
      className={isTo ? 'vrow is-selected' : 'vrow'}
    >
      {lineage && <Lineage row={lineage} lanes={lanes} />}
      <div className="vrow__main">
        <div className="vrow__line">
          <span className="vrow__v">v{version.version}</span>
          <StateWord version={version} />
          {version.problem && (
            <Glyph
              name={problemSign(version.problem).glyph}
              size={12}
              className={problemSign(version.problem).ink}
              label={problemTitle(version.problem)}
            />
          )}
          {version.isActive ? (
            <span className="badge s-pointer">
              <Glyph name="pointer" size={12} label="active" />
              <span className="hide-narrow" aria-hidden="true">
                active
              </span>
            </span>
          ) : (
            <span className="faint clip hide-narrow">{originText(version)}</span>
          )}
          {isTo && <span className="tag push">to</span>}
          {isFrom && <span className="tag push">from</span>}
        </div>
        <SubLine version={version} />
      </div>
    </div>
  );
}

function StateWord({ version }: { readonly version: VersionSummary }) {
  if (isOrphan(version)) return <span className="s-warn">not registered</span>;
  return <span className={version.state === 'approved' ? 's-ok' : undefined}>{version.state}</span>;
}

function SubLine({ version }: { readonly version: VersionSummary }) {
  if (!version.isReadable) return <div className="sub clip">the body cannot be read</div>;
  const { shotCount, durationS, createdAt } = version;
  const fingerprint = version.fingerprint ?? version.recordedFingerprint;
  return (
    <div className="sub sub--listed clip">
      {shotCount !== null && <span>{counted(shotCount, 'shot')}</span>}
      {durationS !== null && <span>{durationS.toFixed(1)} s</span>}
      {createdAt !== null && (
        <time dateTime={createdAt} title={utcTime(createdAt)}>
          {dayText(createdAt)}
        </time>
      )}
      {fingerprint !== null && (
        <span className="mono hide-narrow" title={fingerprint}>
          {shortFingerprint(fingerprint)}
        </span>
      )}
    </div>
  );
}
