/** What a person is told whose account may not write: whose it is, and a command that can be copied. */
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FailureError } from '../../../shared/failure.ts';
import { makeFolder } from '../testing/testWorkspaces.ts';
import { adviceOn, type Barred, withAdvice } from './accessAdvice.ts';
import { ioFailure } from './ioFailure.ts';

const folder: Barred = {
  path: '/mnt/show/harbor/ep_001/scenes',
  owner: 'anna',
  group: 'prod',
  isInGroup: true,
  isGroupWritable: false,
};
const denied = Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' });

describe('the advice', () => {
  it('is to open a folder to the group that the person is in', () => {
    expect(adviceOn([folder], 'ben', 'linux')).toBe(
      '/mnt/show/harbor/ep_001/scenes belongs to anna, and its group prod may not write it. Ask anna or an administrator to run: chmod g+w /mnt/show/harbor/ep_001/scenes',
    );
  });

  it('is one command for all that bars the way, with odd names quoted', () => {
    const ledger = { ...folder, path: "/mnt/show/it's/x.decisions.jsonl" };
    expect(adviceOn([folder, ledger], 'ben', 'linux')).toMatch(
      /run: chmod g\+w \/mnt\/show\/harbor\/ep_001\/scenes '\/mnt\/show\/it'\\''s\/x\.decisions\.jsonl'$/,
    );
  });

  it('is to join the group first where the person is not in it, in the words of the platform', () => {
    const outside = { ...folder, isInGroup: false, isGroupWritable: true };
    expect(adviceOn([outside], 'ben', 'linux')).toBe(
      '/mnt/show/harbor/ep_001/scenes belongs to anna and the group prod, which ben is not in. Ask an administrator to run the following, then log in anew: usermod -aG prod ben',
    );
    expect(adviceOn([{ ...outside, isGroupWritable: false }], 'ben', 'darwin')).toContain(
      'dseditgroup -o edit -a ben -t user prod && chmod g+w /mnt/show/harbor/ep_001/scenes',
    );
  });
});

it('changes no failure of another kind, and none where the account may write', async () => {
  const scenesFolder = join(await makeFolder(), 'scenes');
  await mkdir(scenesFolder);
  const full = ioFailure('x could not be written', Object.assign(new Error('full'), { code: 'ENOSPC' }));
  const conflict = new FailureError('conflict', 'somebody else was faster');
  for (const error of [full, conflict, new Error('none of ours'), ioFailure('x could not be made', denied)]) {
    expect(await withAdvice(error, scenesFolder, [join(scenesFolder, 'ledger')])).toBe(error);
  }
  expect(await readdir(scenesFolder)).toEqual([]);
});
