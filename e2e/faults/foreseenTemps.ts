/** Gives temp files names that can be foreseen, so that a tracer can be told to look at one of them alone. */
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

/** Of the number of an order, then of the temp file in it. */
const partLength = 4;
const part = (value: number): string => value.toString(16).padStart(partLength, '0').slice(-partLength);

/** In the writer: the temp files of this order are numbered from here on. */
export function nameTempsOf(order: number): void {
  let last = 0;
  const foreseen = (): Buffer => {
    last += 1;
    return Buffer.from(`${part(order)}${part(last)}`, 'hex');
  };
  Object.assign(crypto, { randomBytes: foreseen });
  syncBuiltinESMExports();
}

export interface Foreseen {
  readonly pid: number;
  readonly started: string;
  readonly order: number;
}

const tempPattern = /-\d+-[^-/]+-[0-9a-f]{4}([0-9a-f]{4})\.tmp$/;

/** The path of a temp file as another order of another writer will name it; any other path stays as it is. */
export const foreseenPath = (path: string, { pid, started, order }: Foreseen): string =>
  path.replace(tempPattern, (_, count: string) => `-${pid}-${started}-${part(order)}${count}.tmp`);
