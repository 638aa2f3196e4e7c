/** The check of every body in the background, the first time and with what was kept of it: its time, the pauses that it makes, the memory. */
import { atMost, type Figure, inMb, inMs } from './figures.ts';
import { warmFiles } from './manifestReading.ts';
import { checkedSchema } from './trial.ts';
import { startTrial, withDataFolder } from './trialProcess.ts';

const longestPause = 50;

export async function checking(workspace: string): Promise<readonly Figure[]> {
  return withDataFolder(async (data) => {
    warmFiles(workspace);
    const first = await startTrial('checking', checkedSchema, workspace, data);
    const again = await startTrial('checking', checkedSchema, workspace, data);
    return [
      { what: 'check of every body', took: first },
      { what: 'check with what an earlier one kept', took: again },
    ].flatMap(({ what, took }) => [
      {
        what,
        measured: `${(took.took / 1_000).toFixed(1)} s`,
        beside: `memory afterwards: ${inMb(took.bytes)}`,
        bar: null,
      },
      {
        what: `longest pause of the host, ${what}`,
        measured: inMs(took.longestPause),
        beside: `99 % of its turns within ${inMs(took.pause99)}`,
        bar: atMost(took.longestPause, longestPause, 'ms'),
      },
    ]);
  });
}
