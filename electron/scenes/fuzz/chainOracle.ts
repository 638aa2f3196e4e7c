/** For fuzz tests: whether the chain of a ledger is whole, told from its bytes alone and not by the program's own reading. */
import { createHash } from 'node:crypto';

export function isSoundChain(bytes: Buffer): boolean {
  if (bytes.length === 0) return true;
  if (bytes.at(-1) !== 0x0a) return false;
  let prev: string | null = null;
  let seq = 1;
  for (let start = 0; start < bytes.length; seq += 1) {
    const end = bytes.indexOf(0x0a, start);
    const line = bytes.subarray(start, end);
    if (!isNext(line, seq, prev)) return false;
    prev = createHash('sha256').update(line).digest('hex');
    start = end + 1;
  }
  return true;
}

/** What the next line has to carry as `prev`: the hash of the last one, whole or not; null in an empty ledger. */
export function hashOfEnd(bytes: Buffer): string | null {
  if (bytes.length === 0) return null;
  const whole = bytes.at(-1) === 0x0a ? bytes.subarray(0, -1) : bytes;
  const last = whole.subarray(whole.lastIndexOf(0x0a) + 1);
  return createHash('sha256').update(last).digest('hex');
}

function isNext(line: Buffer, seq: number, prev: string | null): boolean {
  try {
    // What is no UTF-8 comes back as other bytes.
    const text = line.toString('utf8');
    if (!Buffer.from(text, 'utf8').equals(line)) return false;
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return false;
    return 'seq' in value && value.seq === seq && 'prev' in value && value.prev === prev;
  } catch {
    return false;
  }
}
