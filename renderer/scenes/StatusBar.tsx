/** The line under everything: where the files are, how they are locked, who writes, and whether anything can be written. */
import type { HostInfo } from '../../shared/contract.ts';
import { ProblemsStatus } from '../problems/ProblemsLink.tsx';
import { Glyph } from '../ui/Glyph.tsx';
import { useHostState } from './hostNotices.ts';

export function StatusBar({ host }: { readonly host: HostInfo }) {
  const isConnected = useHostState((state) => state.isConnected);
  const { workspace } = host;
  return (
    <footer className="statusbar">
      {workspace && (
        <span title={workspace.path}>
          {isConnected ? (
            <Glyph name="check" size={12} className="s-ok" />
          ) : (
            <Glyph name="problem" size={12} className="s-bad" />
          )}
          <span className="mono clip">{workspace.path}</span>
        </span>
      )}
      {host.locks !== '' && (
        <span>
          <span className="hide-tabs">Locks: {host.locks}</span>
        </span>
      )}
      <ProblemsStatus />
      <span className="push">
        {host.user} on {host.hostName}
      </span>
      {workspace && <span>{workspace.canWrite ? 'read and write' : 'read-only'}</span>}
    </footer>
  );
}
