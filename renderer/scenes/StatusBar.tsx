/** The line under everything: where the files are, how they are locked, who writes, and whether anything can be written. */
import type { HostInfo } from '../../shared/contract.ts';
import { ProblemsStatus } from '../problems/ProblemsLink.tsx';
import { Glyph } from '../ui/Glyph.tsx';
import { LatestChange } from '../watching/LatestChange.tsx';
import { watchingText } from '../watching/watchingText.ts';
import { useHostState } from './hostState.ts';

export function StatusBar({ host }: { readonly host: HostInfo }) {
  const isConnected = useHostState((state) => state.isConnected);
  const { workspace } = host;
  const { glyph, ink, text, title } = watchingText(host.watching);
  return (
    <footer className="statusbar">
      {workspace && (
        <span title={title ?? workspace.path}>
          {isConnected ? (
            <Glyph name={glyph} size={12} className={ink} />
          ) : (
            <Glyph name="problem" size={12} className="s-bad" />
          )}
          {isConnected && text}
          <span className="mono clip">{workspace.path}</span>
        </span>
      )}
      {host.locks !== '' && (
        <span>
          <span className="hide-tabs">Locks: {host.locks}</span>
        </span>
      )}
      <ProblemsStatus />
      <LatestChange />
      <span className="push">
        {host.user} on {host.hostName}
      </span>
      {workspace && <span>{workspace.canWrite ? 'read and write' : 'read-only'}</span>}
    </footer>
  );
}
