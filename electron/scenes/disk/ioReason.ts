/** System errors in a person's words. */

export const errorCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  EISDIR: 'a folder stands in its place',
  ELOOP: 'its links lead in a circle',
  EIO: 'the disk reports a read error',
  ESTALE: 'the network drive lost it; try again',
  EMFILE: 'too many files are open; try again',
  ENAMETOOLONG: 'its name is too long',
  ERR_FS_FILE_TOO_LARGE: 'it is larger than 2 GB',
};

/** The end of a sentence: "… cannot be read: permission is denied". */
export function ioReason(error: unknown): string {
  const code = errorCode(error);
  if (code === undefined) return error instanceof Error ? error.message : String(error);
  return reasons[code] ?? `the system says ${code}`;
}
