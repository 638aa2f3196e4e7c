/** Tells whether a folder stands on a network mount, where the system hears nothing of what other computers write. */
import * as files from 'node:fs/promises';
import { sep } from 'node:path';

/** File systems of a network, and those of FUSE that carry one, as `/proc/mounts` names them. */
const networkTypes: ReadonlySet<string> = new Set([
  ...[
    'nfs',
    'nfs4',
    'cifs',
    'smb',
    'smb2',
    'smb3',
    'smbfs',
    '9p',
    'afs',
    'afpfs',
    'webdav',
    'davfs',
    'davfs2',
    'ncpfs',
  ],
  ...['ceph', 'glusterfs', 'lustre', 'beegfs', 'gpfs', 'pvfs2', 'orangefs', 'panfs', 'coda', 'vboxsf', 'prl_fs'],
  ...['virtiofs', 'drvfs', 'acfs', 'ocfs2', 'gfs2'],
]);
const fuseTypes =
  /^fuse(?:blk)?\.(?:sshfs|rclone|s3fs|gcsfuse|goofys|glusterfs|ceph|davfs2?|smbnetfs|curlftpfs|mfs|juicefs|lizardfs|vmhgfs-fuse|gvfsd-fuse|osxfs|grpcfuse)\b/;

export const isNetworkType = (type: string): boolean => networkTypes.has(type) || fuseTypes.test(type);

/** What `statfs` answers as the type, for the file systems of a network that Linux has a number for. */
const networkMagic: ReadonlyMap<number, string> = new Map([
  [0x6969, 'nfs'],
  [0xff534d42, 'cifs'],
  [0xfe534d42, 'smb2'],
  [0x517b, 'smb'],
  [0x01021997, '9p'],
  [0x5346414f, 'afs'],
  [0x00c36400, 'ceph'],
  [0x0bd00bd0, 'lustre'],
  [0x19830326, 'beegfs'],
  [0x47504653, 'gpfs'],
  [0x20030528, 'orangefs'],
  [0xaad7aaea, 'panfs'],
  [0x786f4256, 'vboxsf'],
]);

export const networkTypeOf = (magic: number): string | null => networkMagic.get(magic >>> 0) ?? null;

/** `\040` for a space, and so on: how `/proc/mounts` writes what would end a field. */
const unescaped = (text: string): string =>
  text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));

/** The type of the file system that a real path stands on, by the text of `/proc/mounts`; null where no line covers it. */
export function mountTypeOf(mounts: string, path: string): string | null {
  let type: string | null = null;
  let longest = -1;
  for (const line of mounts.split('\n')) {
    const [, point, name] = line.split(' ');
    if (point === undefined || name === undefined) continue;
    const folder = unescaped(point);
    const covers = folder === sep || path === folder || path.startsWith(`${folder}${sep}`);
    // Of two mounts on one folder the later one lies on top.
    if (!covers || folder.length < longest) continue;
    longest = folder.length;
    type = name;
  }
  return type;
}

/** The type's name where the folder stands on a network mount, else null; null too where the system does not tell. */
export async function networkMountOf(folder: string): Promise<string | null> {
  try {
    const path = await files.realpath(folder);
    // A path `\\server\share` is a share by its very form; a letter that one is mapped to is found by nobody's table.
    if (process.platform === 'win32') return path.startsWith('\\\\') ? 'smb' : null;
    // macOS numbers its file systems as it loads them, so there only the person can tell.
    if (process.platform !== 'linux') return null;
    const type = mountTypeOf(await files.readFile('/proc/mounts', 'utf8').catch(() => ''), path);
    if (type !== null) return isNetworkType(type) ? type : null;
    // Where /proc is hidden, as in some containers; Node 16 has no `statfs`.
    const { statfs }: Partial<typeof files> = files;
    return statfs === undefined ? null : networkTypeOf((await statfs(path)).type);
  } catch {
    return null;
  }
}
