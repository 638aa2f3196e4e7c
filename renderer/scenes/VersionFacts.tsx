/** The facts of the selected version, as recorded and as they are on disk. */
import type { ReactNode } from 'react';
import type { VersionSummary } from '../../shared/manifest.ts';
import { Glyph } from '../ui/Glyph.tsx';
import { fullTime, utcTime } from './times.ts';
import { isOrphan, kindText, shortFingerprint } from './versionText.ts';

interface FactProps {
  readonly name: string;
  readonly title?: string | undefined;
  readonly isMono?: boolean;
  readonly children: ReactNode;
}

const Fact = ({ name, title, isMono = false, children }: FactProps) => (
  <div className="field">
    <dt className="field__label">{name}</dt>
    <dd className={isMono ? 'mono clip' : 'clip'} title={title}>
      {children}
    </dd>
  </div>
);

export function VersionFacts({ version }: { readonly version: VersionSummary }) {
  const { createdAt, downstream, artifact } = version;
  return (
    <>
      <h3 className="section-title section-title--line">v{version.version}</h3>
      <dl className="facts-list">
        {createdAt !== null && (
          <Fact name="Made" title={utcTime(createdAt)}>
            <time dateTime={createdAt}>{fullTime(createdAt)}</time>
          </Fact>
        )}
        {version.isRegistered ? (
          <>
            <Fact name="Kind" title={kindText(version)}>
              {kindText(version)}
            </Fact>
            <Fact name="Downstream">{downstream === 'derived' ? 'derived' : 'not derived'}</Fact>
          </>
        ) : (
          <Fact name="Registered">
            {isOrphan(version) ? <span className="s-warn">no, on disk only</span> : 'not yet, the batch is flat'}
          </Fact>
        )}
        <Fingerprints version={version} />
        <Fact name="Body" isMono title={artifact}>
          {artifact}
        </Fact>
      </dl>
    </>
  );
}

function Fingerprints({ version }: { readonly version: VersionSummary }) {
  const { fingerprint, recordedFingerprint, bodyChangedAt } = version;
  if (version.problem?.code === 'fingerprint_mismatch' && fingerprint !== null && recordedFingerprint !== null) {
    return (
      <>
        <Fact name="Recorded" isMono title={recordedFingerprint}>
          {recordedFingerprint}
        </Fact>
        <Fact
          name="On disk"
          title={bodyChangedAt === null ? fingerprint : `${fingerprint}, changed ${utcTime(bodyChangedAt)}`}
        >
          <span className="badge s-bad">
            <Glyph name="problem" size={12} label="changed after it was written" />
            <span className="mono">{`sf1:${shortFingerprint(fingerprint)}`}</span>
          </span>{' '}
          {bodyChangedAt !== null && <time dateTime={bodyChangedAt}>{fullTime(bodyChangedAt)}</time>}
        </Fact>
      </>
    );
  }
  const known = fingerprint ?? recordedFingerprint;
  return known === null ? (
    <Fact name="Fingerprint">
      <span className="dim">not known</span>
    </Fact>
  ) : (
    <Fact name="Fingerprint" isMono title={known}>
      {known}
    </Fact>
  );
}
