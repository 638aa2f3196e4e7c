/** Why a workspace cannot be watched as asked, in a sentence that says what to do. */
import { errorCode, ioReason } from '../disk/ioReason.ts';

/** Of the system's watches: they are used up, or were taken away. */
export function watchFailureReason(error: unknown): string {
  switch (errorCode(error)) {
    case 'ENOSPC':
      return 'This computer watches no more folders: its limit for inotify watches is reached. Raise fs.inotify.max_user_watches; until then the folders are looked at.';
    case 'EMFILE':
      return 'This computer watches no more folders: too many programs watch already. Close some, or raise fs.inotify.max_user_instances; until then the folders are looked at.';
    default:
      return `The system does not tell of changes here (${ioReason(error)}), so the folders are looked at.`;
  }
}

/** Of the workspace's own folder. */
export function goneReason(path: string, error: unknown): string {
  const code = errorCode(error);
  return code === 'ENOENT' || code === 'ENOTDIR'
    ? `${path} is not there any more. Check that the drive is mounted; it is looked for, and shown again when it is back.`
    : `${path} cannot be reached: ${ioReason(error)}. It is tried again by itself.`;
}

/** Its folder is there and empty where a drive was mounted before. */
export const emptyReason = (path: string): string =>
  `${path} is another folder now, and no batch is in it: its drive was probably unmounted. It is looked for, and shown again when it is back.`;
