/** A durable write: whole or not there, whatever the disk does. */

import { createHash } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { thisProcess } from '../lock/processIdentity.ts';
import { diskError, filesWith } from '../testing/testFaults.ts';
import { makeFolder } from '../testing/testWorkspaces.ts';
import { createFile, replaceFile } from './durableWrite.ts';
import { removeOldTemps } from './tempFiles.ts';

const bytes = Buffer.from('x'.repeat(5000));

async function makeTarget() {
  const folder = await makeFolder();
  const target = join(folder, 'ep_001_BATCH_001.versions.json');
  await writeFile(target, 'as it was');
  return { folder, target };
}

describe('a file that takes the place of another', () => {
  it('goes on after a short write', async () => {
    const { folder, target } = await makeTarget();
    await replaceFile(target, bytes, { files: filesWith({ write: () => 7 }) });
    expect(await readFile(target)).toEqual(bytes);
    expect(await readdir(folder)).toHaveLength(1);
  });

  it.each(['ENOSPC', 'EDQUOT', 'EACCES', 'EROFS', 'EIO'])(
    'is not there after %s: io, the old file intact, no temp file',
    async (code) => {
      const { folder, target } = await makeTarget();
      let written = 0;
      const write = (): number => {
        written += 1;
        if (written > 1) throw diskError(code);
        return 100;
      };
      await expect(replaceFile(target, bytes, { files: filesWith({ write }) })).rejects.toMatchObject({
        code: 'io',
        message: expect.stringContaining('ep_001_BATCH_001.versions.json could not be written'),
      });
      expect(await readFile(target, 'utf8')).toBe('as it was');
      expect(await readdir(folder)).toEqual(['ep_001_BATCH_001.versions.json']);
    },
  );

  it('is not there when the disk takes nothing any more without an error', async () => {
    const { target } = await makeTarget();
    await expect(replaceFile(target, bytes, { files: filesWith({ write: () => 0 }) })).rejects.toMatchObject({
      code: 'io',
    });
    expect(await readFile(target, 'utf8')).toBe('as it was');
  });

  it('is not there when what arrived is not what was written', async () => {
    const { folder, target } = await makeTarget();
    const step = async (name: string): Promise<void> => {
      const temp = (await readdir(folder)).find((each) => each.startsWith('.'));
      if (name === 'temp written' && temp !== undefined) await writeFile(join(folder, temp), 'torn');
    };
    await expect(replaceFile(target, bytes, { step })).rejects.toMatchObject({ code: 'io' });
    expect(await readFile(target, 'utf8')).toBe('as it was');
  });

  it('is not there when what runs last before it refuses', async () => {
    const { folder, target } = await makeTarget();
    const beforeVisible = (): void => {
      throw new Error('too late');
    };
    await expect(replaceFile(target, bytes, { beforeVisible })).rejects.toMatchObject({ code: 'io' });
    expect(await readdir(folder)).toHaveLength(1);
    expect(await readFile(target, 'utf8')).toBe('as it was');
  });

  it('keeps the mode of what it replaces', async () => {
    const { target } = await makeTarget();
    await chmod(target, 0o640);
    await replaceFile(target, bytes);
    expect((await stat(target)).mode & 0o7777).toBe(0o640);
  });

  it('says that the outcome is not known where only the fsync of the folder fails', async () => {
    const { folder, target } = await makeTarget();
    const files = filesWith({
      sync: (name) => {
        if (folder.endsWith(name)) throw diskError('EIO');
      },
    });
    expect(await replaceFile(target, bytes, { files })).toMatchObject({ kind: 'failed' });
    expect(await readFile(target)).toEqual(bytes);
  });

  it.each(['EINVAL', 'EPERM', 'EISDIR', 'ENOTSUP'])('stands where a folder cannot be fsynced (%s)', async (code) => {
    const { folder, target } = await makeTarget();
    const files = filesWith({
      sync: (name) => {
        if (folder.endsWith(name)) throw diskError(code);
      },
    });
    expect(await replaceFile(target, bytes, { files })).toEqual({ kind: 'unsupported' });
  });
});

describe('a new file', () => {
  it('never takes the place of a file, a folder or a broken link', async () => {
    const { folder, target } = await makeTarget();
    await expect(createFile(target, bytes)).rejects.toMatchObject({ code: 'conflict' });
    expect(await readFile(target, 'utf8')).toBe('as it was');
    await mkdir(join(folder, 'folder'));
    await symlink('nowhere', join(folder, 'link'));
    for (const name of ['folder', 'link']) {
      await expect(createFile(join(folder, name), bytes)).rejects.toMatchObject({ code: 'conflict' });
    }
    expect((await readdir(folder)).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it.each(['EPERM', 'ENOTSUP'])(
    'is renamed into place where the file system has no links (%s), unless something stands there',
    async (code) => {
      const { folder, target } = await makeTarget();
      const files = filesWith({
        link: () => {
          throw diskError(code);
        },
      });
      await expect(createFile(target, bytes, { files })).rejects.toMatchObject({ code: 'conflict' });
      await createFile(join(folder, 'new.json'), bytes, { files });
      expect(await readFile(join(folder, 'new.json'))).toEqual(bytes);
      expect((await readdir(folder)).filter((name) => name.startsWith('.'))).toEqual([]);
    },
  );

  it("takes the folder's group and group-write bit", async () => {
    const folder = await makeFolder();
    const make = async (mode: number, name: string) => {
      await chmod(folder, mode);
      await createFile(join(folder, name), bytes);
      return await stat(join(folder, name));
    };
    expect((await make(0o775, 'a')).mode & 0o020).toBe(0o020);
    const own = await make(0o755, 'b');
    expect(own.mode & 0o020).toBe(0);
    expect(own.gid).toBe((await stat(folder)).gid);
  });
});

describe('a temp file', () => {
  const tag = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
  const nameOf = (pid: number, started: string, host = tag): string =>
    `.ep_001_BATCH_001.v002.json.picture-lock-${host}-${pid}-${started}-0011aabb.tmp`;

  it('is removed when it is ours, an hour old and of a dead process, and only then', async () => {
    const folder = await makeFolder();
    const own = await thisProcess();
    const dead = nameOf(4_194_300, '1');
    const reused = nameOf(own.pid, '1');
    const kept = {
      young: nameOf(4_194_301, '1'),
      alive: nameOf(own.pid, own.started ?? '-'),
      otherHost: nameOf(4_194_300, '1', '00000000'),
      otherBatch: dead.replace('BATCH_001', 'BATCH_002'),
      foreign: '.tmp-crashed9',
    };
    const old = new Date(Date.now() - 3_700_000);
    for (const name of [dead, reused, ...Object.values(kept)]) {
      await writeFile(join(folder, name), '');
      if (name !== kept.young) await utimes(join(folder, name), old, old);
    }
    expect(await removeOldTemps(folder, await readdir(folder), 'ep_001_BATCH_001')).toBe(2);
    expect((await readdir(folder)).sort()).toEqual(Object.values(kept).sort());
  });
});
