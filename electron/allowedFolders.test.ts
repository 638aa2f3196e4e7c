import { mkdir, mkdtemp, realpath, rm, symlink } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { allowedFolders } from './allowedFolders.ts';
import { listFolders } from './browser/folderListing.ts';

let base: string;
let root: string;

beforeEach(async () => {
  base = await realpath(await mkdtemp(path.join(os.tmpdir(), 'allowed-')));
  root = path.join(base, 'shows');
  await mkdir(path.join(root, 'harbor/night/ep_001/scenes'), { recursive: true });
  await mkdir(path.join(root, '.hidden'));
  await mkdir(path.join(root, 'show 10'));
  await mkdir(path.join(root, 'show 9'));
  await mkdir(path.join(base, 'shows-private/secret'), { recursive: true });
});

afterEach(() => rm(base, { recursive: true, force: true }));

describe('the path rule', () => {
  it('opens a root and what lies beneath it', async () => {
    const allowed = allowedFolders({ roots: [root] });
    expect(await allowed.allows(root)).toBe(true);
    expect(await allowed.allows(path.join(root, 'harbor'))).toBe(true);
  });

  it('opens nothing beside, above or outside', async () => {
    const allowed = allowedFolders({ roots: [root] });
    const others = [
      base,
      `${root}-private`,
      `${root}/../shows-private`,
      `${root}/harbor/../../shows-private/secret`,
      '/',
      '/etc',
    ];
    for (const folder of others) expect(await allowed.allows(folder), folder).toBe(false);
  });

  it('opens no relative path, no NUL and no folder that is not there', async () => {
    const allowed = allowedFolders({ roots: [root] });
    for (const folder of ['shows', '.', `${root}/\u0000`, path.join(root, 'missing')]) {
      expect(await allowed.allows(folder), folder).toBe(false);
    }
  });

  it('follows links before it judges', async () => {
    await symlink(path.join(base, 'shows-private'), path.join(root, 'way-out'));
    await symlink(path.join(root, 'harbor'), path.join(base, 'way-in'));
    const allowed = allowedFolders({ roots: [root] });
    expect(await allowed.allows(path.join(root, 'way-out/secret'))).toBe(false);
    expect(await allowed.allows(path.join(base, 'way-in'))).toBe(true);
  });

  it('opens what the host handed out, and not what lies beneath that', async () => {
    const allowed = allowedFolders({ roots: [] });
    expect(await allowed.allows(path.join(root, 'harbor'))).toBe(false);
    allowed.handOut(path.join(root, 'harbor'));
    expect(await allowed.allows(path.join(root, 'harbor'))).toBe(true);
    expect(await allowed.allows(path.join(root, 'harbor/night'))).toBe(false);
  });

  it('refuses with a sentence that names the folder and the roots', async () => {
    const refusal = allowedFolders({ roots: [root] }).check('/etc');
    await expect(refusal).rejects.toMatchObject({ code: 'invalid', message: expect.stringContaining(root) });
    await expect(refusal).rejects.toThrow('/etc');
  });

  it('says of a folder that is not there just that, beneath the roots alone', async () => {
    await symlink(path.join(base, 'shows-private'), path.join(root, 'way-out'));
    const { check } = allowedFolders({ roots: [root] });
    await expect(check(path.join(root, 'harbor/gone/ep_001'))).rejects.toMatchObject({
      code: 'notFound',
      message: expect.stringMatching(/^There is no folder .*gone/),
    });
    for (const outside of [path.join(root, 'way-out/gone'), path.join(base, 'gone'), `${root}/../gone`, 'gone']) {
      await expect(check(outside), outside).rejects.toMatchObject({ code: 'invalid' });
    }
  });

  it('lets stdio name any folder', async () => {
    expect(await allowedFolders({ roots: [], anyFolder: true }).allows('/etc')).toBe(true);
  });
});

describe('the listing of folders', () => {
  it('starts with the roots', async () => {
    const listing = await listFolders(allowedFolders({ roots: [root] }), undefined);
    expect(listing).toEqual({ path: null, parent: null, folders: [{ name: root, path: root, isWorkspace: false }] });
  });

  it('leaves out a root that is not there, such as a sample that was never opened', async () => {
    const listing = await listFolders(allowedFolders({ roots: [path.join(base, 'sample'), root] }), undefined);
    expect(listing.folders.map(({ name }) => name)).toEqual([root]);
  });

  it('names the folders in their natural order, without hidden ones, and which are workspaces', async () => {
    const listing = await listFolders(allowedFolders({ roots: [root] }), root);
    expect(listing.folders.map(({ name, isWorkspace }) => [name, isWorkspace])).toEqual([
      ['harbor', true],
      ['show 9', false],
      ['show 10', false],
    ]);
    expect(listing.parent).toBeNull();
  });

  it('leads back up as far as the root', async () => {
    const listing = await listFolders(allowedFolders({ roots: [root] }), path.join(root, 'harbor'));
    expect(listing).toMatchObject({ parent: root, folders: [{ name: 'night', isWorkspace: true }] });
  });

  it('shows links that stay beneath the roots, and hides those that lead out', async () => {
    await symlink(path.join(root, 'harbor/night'), path.join(root, 'show 9/inside'));
    await symlink(path.join(base, 'shows-private'), path.join(root, 'show 9/outside'));
    await symlink(path.join(base, 'missing'), path.join(root, 'show 9/broken'));
    const listing = await listFolders(allowedFolders({ roots: [root] }), path.join(root, 'show 9'));
    expect(listing.folders.map(({ name }) => name)).toEqual(['inside']);
  });

  it('refuses what lies outside', async () => {
    await expect(listFolders(allowedFolders({ roots: [root] }), base)).rejects.toMatchObject({ code: 'invalid' });
  });
});
