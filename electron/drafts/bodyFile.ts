/** A body that a person brings in: its bytes read strictly, everything wrong in it named, nothing written. */
import { open } from 'node:fs/promises';
import path from 'node:path';
import type { BodyFinding } from '../../shared/bodyFinding.ts';
import { readSceneText } from '../../shared/bodyText.ts';
import { type BodyError, type ImportedBody, largestBodyBytes } from '../../shared/draft.ts';
import { FailureError } from '../../shared/failure.ts';
import { objectToWire } from '../../shared/wire.ts';
import { errorCode, ioReason } from '../scenes/disk/ioReason.ts';
import { decodeUtf8 } from '../scenes/reading/manifest.ts';

/** `name` is the file's own, without its folder. */
export function inspectBytes(name: string, bytes: Uint8Array): ImportedBody {
  refuseTooLarge(name, bytes.byteLength);
  const text = decodeUtf8(bytes);
  if (text === null) {
    const found = isUtf16(bytes) ? 'It seems to be UTF-16.' : 'Some bytes are none.';
    return unreadable(name, `The file is not UTF-8 text. ${found} Save it as UTF-8 and choose it again.`);
  }
  if (text.trim() === '') return unreadable(name, 'The file is empty. Choose the file that holds the scene.');
  const { value, findings } = readSceneText(text);
  return {
    name,
    scene: value === null ? null : objectToWire(value),
    errors: findings.filter(({ severity }) => severity === 'error').map(toldOf),
    warnings: findings.filter(({ severity }) => severity === 'warning').map(toldOf),
  };
}

/** Throws `io` where it cannot be read, `invalid` where it is no file or too large. */
export async function inspectFile(file: string): Promise<ImportedBody> {
  const name = path.basename(file);
  let bytes: Uint8Array;
  try {
    const handle = await open(file, 'r');
    try {
      const stats = await handle.stat();
      if (!stats.isFile()) throw new FailureError('invalid', `${name} is no file. Choose the JSON file of a scene.`);
      refuseTooLarge(name, stats.size);
      bytes = await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof FailureError) throw error;
    const isGone = errorCode(error) === 'ENOENT';
    throw new FailureError(
      isGone ? 'notFound' : 'io',
      isGone ? `${file} is not there any more. Choose it again.` : `${file} cannot be read: ${ioReason(error)}.`,
      { cause: error },
    );
  }
  return inspectBytes(name, bytes);
}

function refuseTooLarge(name: string, size: number): void {
  if (size <= largestBodyBytes) return;
  const megabytes = (bytes: number): string => (bytes / 1_048_576).toFixed(bytes % 1_048_576 === 0 ? 0 : 1);
  throw new FailureError(
    'invalid',
    `${name} has ${megabytes(size)} MB; a body may have ${megabytes(largestBodyBytes)} MB at most. Choose the file of one scene.`,
  );
}

const unreadable = (name: string, message: string): ImportedBody => ({
  name,
  scene: null,
  errors: [{ line: null, column: null, jsonPath: '$', message }],
  warnings: [],
});

const toldOf = ({ line, column, jsonPath, message }: BodyFinding): BodyError => ({ line, column, jsonPath, message });

const isUtf16 = ([first, second]: Uint8Array): boolean =>
  (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) || first === 0 || second === 0;
