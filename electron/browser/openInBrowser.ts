/** Opens an address in the system's browser, where there is one; the address is printed in any case, so that none is no warning. */
import { spawn } from 'node:child_process';
import type { Log } from '../log.ts';

function opener(): readonly [string, ...string[]] {
  if (process.platform === 'darwin') return ['open'];
  // Not `cmd /c start`: the shell would read the address.
  if (process.platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler'];
  return ['xdg-open'];
}

export function openInBrowser(address: string, log: Pick<Log, 'info'>): void {
  const [program, ...words] = opener();
  const child = spawn(program, [...words, address], { stdio: 'ignore', detached: true });
  child.on('error', (error) => log.info(`No browser was opened: ${program}`, error));
  child.unref();
}
