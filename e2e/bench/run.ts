/** `npm run bench`: the suites that hold something of ours against a yardstick. `npm run bench -- size` and `-- watching` measure a workspace of 10,000 batches, `make-workspace` writes one. */
import { cpus } from 'node:os';
import { printTable } from './table.ts';

/** A suite is a file beside this one; it is loaded only when it runs. */
type Suite = () => Promise<void>;

const suites: Readonly<Record<string, Suite>> = {
  scenes: async () => printTable('scenes', await (await import('./scenes.ts')).scenes()),
  watching: async () => (await import('./size/watching.ts')).measureWatching(),
  size: async () => (await import('./size/size.ts')).measureSize(),
};
/** The others take minutes and are named. */
const usualSuites = ['scenes'];

const named = process.argv.slice(2);
const unknown = named.filter((name) => !Object.hasOwn(suites, name));
if (named[0] === 'make-workspace') {
  (await import('./makeWorkspace.ts')).makeWorkspaceCommand(named.slice(1));
} else if (named[0] === 'size-trial') {
  await (await import('./size/trial.ts')).runTrial(named.slice(1));
} else if (unknown.length > 0) {
  console.error(`There is no suite "${unknown.join('", "')}". There are: ${Object.keys(suites).join(', ')}.`);
  process.exitCode = 1;
} else {
  console.log(`Node ${process.versions.node} on ${process.platform}, ${cpus().length} processors.`);
  for (const name of named.length > 0 ? named : usualSuites) await suites[name]?.();
}
