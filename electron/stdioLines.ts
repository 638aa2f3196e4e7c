/** Lines of bytes out of a stream, whole ones only, without copying a long line again for each of its pieces. */
import type { Readable } from 'node:stream';

const newline = 10;

/** Text after the last newline counts as a line. A line that is not UTF-8 comes as null. */
export async function* linesOf(stream: Readable): AsyncGenerator<string | null> {
  let pieces: Buffer[] = [];
  for await (const chunk of stream) {
    const bytes: Buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    let start = 0;
    for (let end = bytes.indexOf(newline); end !== -1; end = bytes.indexOf(newline, start)) {
      pieces.push(bytes.subarray(start, end));
      yield decoded(pieces);
      pieces = [];
      start = end + 1;
    }
    if (start < bytes.length) pieces.push(bytes.subarray(start));
  }
  if (pieces.length > 0) yield decoded(pieces);
}

function decoded(pieces: readonly Buffer[]): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(pieces));
  } catch {
    return null;
  }
}
