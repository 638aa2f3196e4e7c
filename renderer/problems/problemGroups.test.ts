import { expect, it } from 'vitest';
import type { Problem } from '../../shared/problem.ts';
import { sampleBatchRow } from '../scenes/sampleBatchRow.ts';
import { countProblems, groupProblems } from './problemGroups.ts';
import { problemPath, reportText, scenesPath } from './problemReport.ts';

const error: Problem = {
  code: 'body_missing',
  severity: 'error',
  version: 2,
  file: 'ep_001_BATCH_002.v002.json',
  message: 'The body is\nnot there.',
};
const warning: Problem = { code: 'orphan_body', severity: 'warning', version: 7, message: 'No entry names it.' };
const outside: Problem = { code: 'artifact_outside_scenes_folder', severity: 'error', version: 3, message: 'Refused.' };

const rows = [
  sampleBatchRow({ batch: 1 }),
  sampleBatchRow({ batch: 2 }, { problems: [warning, error] }),
  sampleBatchRow({ batch: 3 }, { problems: [warning] }),
];

it('counts what is wrong, and in how many batches', () => {
  expect(countProblems(rows)).toEqual({ errors: 1, warnings: 2, batches: 2 });
  expect(countProblems([])).toEqual({ errors: 0, warnings: 0, batches: 0 });
});

it('groups by batch in the order of the list, errors first, and leaves out batches that the filter empties', () => {
  const shown = (filter: Parameters<typeof groupProblems>[1]) =>
    groupProblems(rows, filter).map(({ row, problems }) => [row.batchId, ...problems.map(({ code }) => code)]);
  expect(shown('all')).toEqual([
    ['BATCH_002', 'body_missing', 'orphan_body'],
    ['BATCH_003', 'orphan_body'],
  ]);
  expect(shown('error')).toEqual([['BATCH_002', 'body_missing']]);
  expect(shown('warning')).toEqual([
    ['BATCH_002', 'orphan_body'],
    ['BATCH_003', 'orphan_body'],
  ]);
});

it('gives the whole path of the file, also where a project was opened by itself, and on Windows', () => {
  const [row] = rows;
  if (!row) throw new Error('a row is there');
  const inside = '/mnt/prod/harbor-lights/ep_001/scenes';
  expect(scenesPath({ path: '/mnt/prod', name: 'prod' }, row)).toBe(inside);
  expect(scenesPath({ path: '/mnt/prod/harbor-lights', name: 'harbor-lights' }, row)).toBe(inside);
  expect(problemPath({ path: '/mnt/prod', name: 'prod' }, row, error)).toBe(`${inside}/ep_001_BATCH_002.v002.json`);
  expect(problemPath({ path: '/mnt/prod', name: 'prod' }, row, warning)).toBe(inside);
  expect(problemPath({ path: '/mnt/prod', name: 'prod' }, row, outside)).toBe(
    `${inside}/ep_001_BATCH_001.versions.json`,
  );
  expect(problemPath({ path: 'P:\\prod', name: 'prod' }, row, error)).toBe(
    'P:\\prod\\harbor-lights\\ep_001\\scenes\\ep_001_BATCH_002.v002.json',
  );
});

it('writes a report of one line for each problem', () => {
  expect(reportText(groupProblems(rows, 'error'), { path: '/mnt/prod', name: 'prod' }).split('\n')).toEqual([
    'batch\tseverity\tcode\tversion\tfile\tplace\tmessage',
    'harbor-lights/ep_001/BATCH_002\terror\tbody_missing\tv2\t/mnt/prod/harbor-lights/ep_001/scenes/ep_001_BATCH_002.v002.json\t\tThe body is not there.',
  ]);
});
