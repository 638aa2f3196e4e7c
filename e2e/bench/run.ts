/** `npm run bench -- scenes`: runs the named suites, all of them where none is named, and prints a table each; `make-workspace` writes a large one. */
import { cpus } from 'node:os';
import type { Measured } from './measure.ts';
import { printTable } from './table.ts';

/** A suite is a file beside this one; it is loaded only when it runs. */
type Suite = () => Promise<readonly Measured[]>;

const suites: Readonly<Record<string, Suite>> = {
  scenes: async () => (await import('./scenes.ts')).scenes(),
};

const named = process.argv.slice(2);
const unknown = named.filter((name) => !Object.hasOwn(suites, name));
if (named[0] === 'make-workspace') {
  (await import('./makeWorkspace.ts')).makeWorkspaceCommand(named.slice(1));
} else if (unknown.length > 0) {
  console.error(`There is no suite "${unknown.join('", "')}". There are: ${Object.keys(suites).join(', ')}.`);
  process.exitCode = 1;
} else {
  console.log(`Node ${process.versions.node} on ${process.platform}, ${cpus().length} processors.`);
  for (const name of named.length > 0 ? named : Object.keys(suites)) {
    const rows = await suites[name]?.();
    if (rows) printTable(name, rows);
  }
}
