/** Turns an error of the file system into the failure `io`, with a reason that a person can act on. */
import { FailureError } from '../../../shared/failure.ts';
import { errorCode as namedCode } from './ioReason.ts';

/** Where it can be told, what to change takes its place. */
export const askForAccess = 'Ask for write access to that folder';

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full. Free some space and try again',
  EDQUOT: 'the disk quota is used up. Free some space and try again',
  EACCES: `permission is denied. ${askForAccess}`,
  EPERM: `permission is denied. ${askForAccess}`,
  EROFS: 'the file system is read-only',
  EIO: 'the disk or the server reported an error. Look at the disk, then try again',
  EMFILE: 'this computer has too many files open. Close something and try again',
  ENFILE: 'this computer has too many files open. Close something and try again',
  EISDIR: 'a folder stands in its place. Look at that folder',
  ELOOP: 'a link stands in its place, and links are not followed here. Look at where it leads',
  ENOENT: 'its folder is not there any more. Look whether it was moved',
};

/** Node has no name for EDQUOT and gives only its number. */
const quotaNumbers: Readonly<Partial<Record<NodeJS.Platform, number>>> = { linux: -122, darwin: -69 };

function errorCode(error: unknown): string | null {
  const isQuota = error instanceof Error && 'errno' in error && error.errno === quotaNumbers[process.platform];
  return isQuota ? 'EDQUOT' : (namedCode(error) ?? null);
}

export const hasCode = (error: unknown, ...codes: readonly string[]): boolean => {
  const code = errorCode(error);
  return code !== null && codes.includes(code);
};

/** `what` is the sentence's beginning, such as "x.json could not be written". A failure passes as it is. */
export function ioFailure(what: string, error: unknown): FailureError {
  if (error instanceof FailureError) return error;
  const code = errorCode(error);
  const text = error instanceof Error ? error.message : String(error);
  const reason = (code === null ? undefined : reasons[code]) ?? text;
  return new FailureError('io', `${what}: ${reason}.`, { details: { reason: code }, cause: error });
}
