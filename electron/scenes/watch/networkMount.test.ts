import { expect, test } from 'vitest';
import { isNetworkType, mountTypeOf, networkMountOf, networkTypeOf } from './networkMount.ts';

const mounts = [
  'proc /proc proc rw,nosuid,nodev,noexec,relatime 0 0',
  '/dev/sda1 / ext4 rw,relatime 0 0',
  'tmpfs /tmp tmpfs rw 0 0',
  'filer:/vol/prod /mnt/prod nfs4 rw,vers=4.2,hard 0 0',
  '//filer/post /mnt/post\\040house cifs rw 0 0',
  '/dev/sdb1 /mnt/prod/cache xfs rw 0 0',
  'lena@edit-02:/home /home/lena/edit fuse.sshfs rw 0 0',
  '/dev/sdc1 /media/usb fuseblk rw 0 0',
  'overlay /mnt/over overlay rw 0 0',
  'filer:/vol/over /mnt/over nfs rw 0 0',
  '',
].join('\n');

test('the longest mount point that covers the folder tells its type, the later of two on one folder', () => {
  expect(mountTypeOf(mounts, '/work')).toBe('ext4');
  expect(mountTypeOf(mounts, '/mnt/prod')).toBe('nfs4');
  expect(mountTypeOf(mounts, '/mnt/prod/harbor-lights')).toBe('nfs4');
  expect(mountTypeOf(mounts, '/mnt/production')).toBe('ext4');
  expect(mountTypeOf(mounts, '/mnt/prod/cache/x')).toBe('xfs');
  expect(mountTypeOf(mounts, '/mnt/post house/x')).toBe('cifs');
  expect(mountTypeOf(mounts, '/home/lena/edit/show')).toBe('fuse.sshfs');
  expect(mountTypeOf(mounts, '/mnt/over')).toBe('nfs');
  expect(mountTypeOf('', '/work')).toBeNull();
});

test('file systems of a network are told from those of this computer', () => {
  const network = ['nfs', 'nfs4', 'cifs', 'smb3', 'fuse.sshfs', 'fuse.rclone', '9p', 'ceph', 'lustre', 'virtiofs'];
  expect(network.filter((type) => !isNetworkType(type))).toEqual([]);
  const local = ['ext4', 'xfs', 'btrfs', 'tmpfs', 'overlay', 'fuseblk', 'fuse.portal', 'zfs', 'apfs', 'vfat'];
  expect(local.filter(isNetworkType)).toEqual([]);
});

test('the numbers that statfs answers are known, negative ones too', () => {
  expect(networkTypeOf(0x6969)).toBe('nfs');
  expect(networkTypeOf(0xff534d42)).toBe('cifs');
  expect(networkTypeOf(0xff534d42 | 0)).toBe('cifs');
  expect(networkTypeOf(0xef53)).toBeNull();
});

test('a folder of this computer stands on no network mount, and one that is not there neither', async () => {
  expect(await networkMountOf(import.meta.dirname)).toBeNull();
  expect(await networkMountOf('/no/such/folder')).toBeNull();
});
