/** Waits for what a child process prints, and ends it. */
import type { ChildProcess } from 'node:child_process';

/** The first match in what the child prints to standard output; throws with all it said where it ends before. */
export function printed(child: ChildProcess, pattern: RegExp): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    let said = '';
    let complained = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      complained += text;
    });
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const match = pattern.exec(said);
      if (match) resolve(match);
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      reject(new Error(`The child ended (${code ?? signal}) before it printed ${pattern}.\n${said}\n${complained}`));
    });
  });
}

export const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once('exit', () => resolve());
  });
