/** The baseline control. */
import { expect, test } from 'vitest';
import type { Baselines, ChosenVersions } from '../scenes/chosenVersions.ts';
import { sampleVersion } from '../scenes/sampleVersion.ts';
import { baselineOptions } from './baselineOptions.ts';

const chosen = (to: number, from: number, baselines: Baselines): ChosenVersions => ({
  to: sampleVersion(to),
  from: sampleVersion(from),
  baselines,
});

const pressed = (options: ReturnType<typeof baselineOptions>) =>
  options.filter((each) => each.isPressed).map((each) => each.kind);

test('of baselines that are the same version only the chosen one is pressed', () => {
  const same = chosen(4, 3, { active: 3, parent: 3, lastApproved: 3 });
  expect(pressed(baselineOptions(same, { kind: 'active' }))).toEqual(['active']);
  expect(pressed(baselineOptions(same, { kind: 'lastApproved' }))).toEqual(['lastApproved']);
});

test('a baseline that is the version itself is disabled with its reason, and what is shown is pressed', () => {
  const options = baselineOptions(chosen(3, 2, { active: 3, parent: 2, lastApproved: 3 }), { kind: 'active' });
  expect(options[0]).toMatchObject({ isPressed: false, disabledReason: 'v3 is the version that is compared.' });
  expect(pressed(options)).toEqual(['parent']);
});

test('a baseline that does not exist says so', () => {
  const [, parent] = baselineOptions(chosen(1, 1, { active: 1, parent: null, lastApproved: 1 }), { kind: 'active' });
  expect(parent).toMatchObject({ label: 'parent', disabledReason: 'No parent version is recorded.' });
});

test('a version that is no baseline presses none', () => {
  const options = baselineOptions(chosen(4, 1, { active: 3, parent: 3, lastApproved: 3 }), {
    kind: 'version',
    version: 1,
  });
  expect(pressed(options)).toEqual([]);
});
