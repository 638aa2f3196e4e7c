/** Asked once more: the body is not what was recorded, so what was reviewed may not be what becomes active. */
import { useId, useState } from 'react';
import type { VersionSummary } from '../../shared/manifest.ts';
import { useSelection } from '../scenes/selection.ts';
import { clockTime, dayText, utcTime } from '../scenes/times.ts';
import { shortFingerprint } from '../scenes/versionText.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Glyph } from '../ui/Glyph.tsx';
import { labelOf } from './availability.ts';
import { type OpenDecision, useDecisions } from './decisions.ts';
import { entryOf, pointerFacts } from './manifestFacts.ts';
import { Arrow, Fact, Facts, Pointer } from './parts.tsx';
import { useOrder } from './useOrder.ts';
import { Waiting } from './Waiting.tsx';

export function ChangedBodyDialog({ open }: { readonly open: OpenDecision }) {
  const { question, batch, seen } = open;
  const { version } = question;
  const { close } = useDecisions.getState();
  const [hasLooked, setLooked] = useState(false);
  const box = useId();
  const order = useOrder(open);
  const target = batch.versions.find((each) => each.version === version);
  const active = pointerFacts(seen.manifest);
  const show = () => {
    close();
    useSelection.getState().selectVersion(version);
  };
  return (
    <Dialog
      isOpen
      className="dialog--decision"
      onClose={() => order.isPending || close()}
      glyph={{ name: 'problem', ink: 's-bad' }}
      title={`v${version} is not what was recorded`}
      lead={`Its body changed after it was written, so what was reviewed as v${version} may not be what you would make active.`}
      foot={
        <>
          <Button look="quiet" className="btn--lead" onClick={show} disabled={order.isPending}>
            Show v{version}
          </Button>
          <span className="hint" />
          <Button isFirstFocus onClick={close} disabled={order.isPending}>
            Cancel
          </Button>
          <Button
            look="danger"
            onClick={order.submit}
            disabled={!hasLooked}
            aria-disabled={order.isPending}
            title={hasLooked ? undefined : `Say first that you have looked at v${version}.`}
          >
            {order.failure === null ? `${labelOf(question)} as it is now` : 'Try again'}
          </Button>
        </>
      }
    >
      <Facts>
        {target && <BodyFacts target={target} recordedShots={entryOf(seen.manifest, version)?.shot_count ?? null} />}
        <Fact label="Pointer">
          <Pointer version={active?.version ?? batch.activeVersion} word={active?.state ?? ''} />
          <Arrow />
          <Pointer version={version} word="as it is on disk now" />
        </Fact>
      </Facts>
      <label className="check" htmlFor={box}>
        <input
          id={box}
          type="checkbox"
          className="check__input"
          checked={hasLooked}
          onChange={(event) => setLooked(event.target.checked)}
        />
        I have looked at v{version} as it is now
      </label>
      <Waiting open={open} order={order} />
    </Dialog>
  );
}

const Print = ({ fingerprint }: { readonly fingerprint: string | null }) =>
  fingerprint === null ? (
    <span className="dim">not known</span>
  ) : (
    <span className="mono" title={fingerprint}>
      {fingerprint.slice(0, fingerprint.indexOf(':') + 1)}
      {shortFingerprint(fingerprint)}
    </span>
  );

const When = ({ at, before }: { readonly at: string; readonly before: string }) => (
  <time className="dim" dateTime={at} title={utcTime(at)}>
    {before}
    {dayText(at)}, {clockTime(at)}
  </time>
);

interface BodyFactsProps {
  readonly target: VersionSummary;
  readonly recordedShots: number | null;
}

function BodyFacts({ target, recordedShots }: BodyFactsProps) {
  const { recordedFingerprint, fingerprint, createdAt, bodyChangedAt, shotCount } = target;
  return (
    <>
      <Fact label="Recorded">
        <Print fingerprint={recordedFingerprint} />
        {createdAt !== null && <When at={createdAt} before="" />}
      </Fact>
      <Fact label="On disk">
        <Glyph name="problem" className="s-bad" />
        <Print fingerprint={fingerprint} />
        {bodyChangedAt !== null && <When at={bodyChangedAt} before="file changed " />}
      </Fact>
      <Fact label="Known">
        {recordedShots === null ? 'no number of shots recorded' : `${recordedShots} shots recorded`},{' '}
        {shotCount === null ? 'none to be read' : shotCount} on disk{' '}
        <span className="dim">what changed cannot be told: the recorded body is gone</span>
      </Fact>
    </>
  );
}
