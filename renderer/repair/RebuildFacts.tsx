/** The manifest that a rebuild would make: its versions and from where each is known, its pointer, and what becomes of the damaged one. */
import type { RebuiltVersion } from '../../shared/repair.ts';
import { Fact, Facts, Pointer } from '../decide/parts.tsx';
import { utcTime } from '../scenes/times.ts';
import { Glyph } from '../ui/Glyph.tsx';
import { ScrollRegion } from '../ui/ScrollRegion.tsx';
import { knownFromText, passedOver, pointerReason, type RebuildPreview } from './repairText.ts';

export function RebuildFacts({ preview }: { readonly preview: RebuildPreview }) {
  const over = passedOver(preview);
  return (
    <>
      <ScrollRegion className="before-after rebuilt" label="Versions of the rebuilt manifest">
        <table className="table table--in">
          <thead>
            <tr>
              <th className="rebuilt__v">v</th>
              <th className="rebuilt__state">State</th>
              <th className="rebuilt__gate">Downstream</th>
              <th className="rebuilt__shots">Shots</th>
              <th>State known from</th>
            </tr>
          </thead>
          <tbody>
            {preview.versions.map((version) => (
              <VersionLine
                key={version.version}
                version={version}
                isActive={version.version === preview.activeVersion}
              />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <Facts>
        <Fact label="Pointer">
          <Pointer version={preview.activeVersion} word="" />
          <span className="dim" title={preview.pointerFrom === null ? undefined : utcTime(preview.pointerFrom.at)}>
            {pointerReason(preview)}
          </span>
          {over !== null && (
            <span className="rebuilt__over">
              <Glyph name="problem" className="s-warn" />v{over} was decided on last, but its body cannot be read
            </span>
          )}
        </Fact>
        {preview.leftOut.length > 0 && (
          <Fact label="Left out">
            <ul className="rebuilt__out">
              {preview.leftOut.map(({ artifact, reason }) => (
                <li key={artifact}>
                  <span className="mono wrap">{artifact}</span> <span className="dim wrap">{reason}</span>
                </li>
              ))}
            </ul>
          </Fact>
        )}
        <Fact label="Kept">
          <span className="mono wrap">{preview.keptAs}</span>
        </Fact>
      </Facts>
    </>
  );
}

function VersionLine({ version: each, isActive }: { readonly version: RebuiltVersion; readonly isActive: boolean }) {
  return (
    <tr className={isActive ? 'is-selected' : undefined}>
      <td>
        <b>v{each.version}</b>{' '}
        {isActive && <Glyph name="pointer" size={12} className="s-pointer g--in" label="active" />}
      </td>
      <td>{each.state}</td>
      <td>{each.downstream === 'derived' ? 'derived' : 'not derived'}</td>
      <td>
        {each.shotCount ?? (
          <Glyph name="problem" className="s-bad g--in" label={`${each.artifact} is missing or cannot be read`} />
        )}
      </td>
      <td className={each.knownFrom.kind === 'nothing' ? 's-warn' : undefined}>{knownFromText(each.knownFrom)}</td>
    </tr>
  );
}
