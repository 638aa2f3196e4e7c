/** A listing of the whole workspace in a new process, in turns with the same manifests merely read and parsed. */
import { atMost, type Figure, inMs, inTimes, median } from './figures.ts';
import { warmFiles } from './manifestReading.ts';
import { listedSchema, readSchema } from './trial.ts';
import { startTrial, withDataFolder } from './trialProcess.ts';

const rounds = 9;
const longestFirstRows = 400;
const longestPause = 50;

export async function listing(workspace: string, batches: number): Promise<readonly Figure[]> {
  const measured: { listed: Listed; atOnce: number; inTurn: number }[] = [];
  for (let round = -1; round < rounds; round += 1) {
    const ours = () => withDataFolder((data) => startTrial('listing', listedSchema, workspace, data));
    const theirs = async () => (await startTrial('readAtOnce', readSchema, workspace, '')).took;
    const isOursFirst = round % 2 === 0;
    warmFiles(workspace);
    const before = isOursFirst ? null : await theirs();
    const listed = await ours();
    const atOnce = before ?? (await theirs());
    const inTurn = (await startTrial('readInTurn', readSchema, workspace, '')).took;
    if (listed.rows !== batches) throw new Error(`${listed.rows} of ${batches} batches were listed.`);
    // The first counts for nobody: it is slower for both.
    if (round >= 0) measured.push({ listed, atOnce, inTurn });
  }
  const of = (value: (listed: Listed) => number): number => median(measured.map(({ listed }) => value(listed)));
  const firstRows = of((listed) => listed.firstRows);
  const wholeList = of((listed) => listed.wholeList);
  const toAtOnce = median(measured.map(({ listed, atOnce }) => listed.wholeList / atOnce));
  const toInTurn = median(measured.map(({ listed, inTurn }) => listed.wholeList / inTurn));
  const titles = of((listed) => listed.titles);
  const pause = of((listed) => listed.longestPause);
  return [
    {
      what: 'first rows after openWorkspace',
      measured: inMs(firstRows),
      beside: `slowest of ${rounds}: ${inMs(Math.max(...measured.map(({ listed }) => listed.firstRows)))}`,
      bar: atMost(firstRows, longestFirstRows, 'ms'),
    },
    {
      what: `whole list, ${titles.toLocaleString('en')} titles from the bodies' heads included`,
      measured: `${inMs(wholeList)}, ${inTimes(toAtOnce)}`,
      beside: `manifests by fs/promises, 16 at once: ${inMs(median(measured.map(({ atOnce }) => atOnce)))}`,
      bar: atMost(toAtOnce, 1, '×'),
    },
    {
      what: 'the same',
      measured: inTimes(toInTurn),
      beside: `manifests by a synchronous loop: ${inMs(median(measured.map(({ inTurn }) => inTurn)))}`,
      bar: null,
    },
    { what: 'whole list once more', measured: inMs(of((listed) => listed.relisting)), beside: '', bar: null },
    {
      what: 'longest pause of the host while it lists',
      measured: inMs(pause),
      beside: '',
      bar: atMost(pause, longestPause, 'ms'),
    },
  ];
}

type Listed = (typeof listedSchema)['_output'];
