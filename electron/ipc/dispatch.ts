/** Takes a request from any transport: unknown names and bad input are refused in a sentence, every fault becomes a plain failure. */
import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import type { RequestName } from '../../shared/contract.ts';
import { FailureError, type Reply } from '../../shared/failure.ts';
import type { Log } from '../log.ts';
import type { Handlers } from './handler.ts';

export type Dispatch = (name: unknown, input: unknown) => Promise<Reply<unknown>>;

export interface DispatchOptions {
  readonly handlers: Handlers;
  readonly log: Pick<Log, 'error'>;
  /** What the request must wait for, once its input is known to be good; may throw why it cannot be answered now. */
  readonly before: (name: RequestName) => Promise<void> | null;
}

/** Never throws: whatever happens is the reply. */
export function createDispatch({ handlers, log, before }: DispatchOptions): Dispatch {
  async function run<Name extends RequestName>(name: Name, input: unknown): Promise<Reply<unknown>> {
    const handler = handlers[name];
    const parsed = handler.input.safeParse(input ?? {}, { reportInput: true });
    if (!parsed.success) throw new FailureError('invalid', inputSentence(name, parsed.error.issues));
    // Nothing is awaited needlessly: an `openWorkspace` must have begun before the next line's request asks for it.
    const wait = before(name);
    if (wait !== null) await wait;
    return { ok: true, value: await handler.run(parsed.data) };
  }

  return async (name, input) => {
    try {
      if (!isRequestName(handlers, name)) throw new FailureError('invalid', unknownSentence(name));
      return await run(name, input);
    } catch (error) {
      if (error instanceof FailureError && error.code !== 'unexpected')
        return { ok: false, failure: error.toFailure() };
      const reference = randomBytes(4).toString('hex');
      log.error(`[${reference}] ${typeof name === 'string' ? name : 'request'} failed`, error);
      return {
        ok: false,
        failure: {
          code: 'unexpected',
          message: `Something failed that Picture Lock did not expect. The log in the data folder has it under ${reference}.`,
          details: { reference },
        },
      };
    }
  };
}

const isRequestName = (handlers: Handlers, name: unknown): name is RequestName =>
  typeof name === 'string' && Object.hasOwn(handlers, name);

function unknownSentence(name: unknown): string {
  if (typeof name !== 'string') return 'A request needs its name as text in "request".';
  return `There is no request named "${name.slice(0, 80)}".`;
}

const words: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  record: 'an object',
  array: 'a list',
  null: 'null',
};

const inWords = (type: string): string => words[type] ?? type;

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return inWords(typeof value);
}

/** The first issue as a sentence that names the field; the others appear once it is mended. */
function inputSentence(request: string, issues: readonly z.core.$ZodIssue[]): string {
  const issue = issues[0];
  if (issue === undefined) return `The input of ${request} is not what it takes.`;
  const field = issue.path.length === 0 ? `The input of ${request}` : `"${fieldPath(issue.path)}" of ${request}`;
  const isMissing = issue.path.length > 0 && issue.input === undefined;
  const verb = isMissing ? 'is missing: it must be' : 'must be';
  switch (issue.code) {
    case 'invalid_type':
      return `${field} ${verb} ${inWords(issue.expected)}${isMissing ? '' : `, not ${kindOf(issue.input)}`}.`;
    case 'unrecognized_keys':
      return `${field} has no field ${unknownKeys(issue.keys)}.`;
    case 'invalid_value':
      return `${field} ${verb} ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}.`;
    case 'too_small':
      if (issue.origin === 'string') return `${field} must not be empty.`;
      return `${field} must be at least ${issue.minimum}.`;
    case 'too_big':
      if (issue.origin === 'string') return `${field} must have at most ${issue.maximum} characters.`;
      return `${field} must be at most ${issue.maximum}.`;
    case 'custom':
      // Schemas of ours give their message as what must be: "must be BATCH_ and three digits or more".
      return `${field} ${isMissing ? 'is missing: it ' : ''}${issue.message}.`;
    default:
      return `${field} is not valid: ${issue.message}.`;
  }
}

/** As many and as much of them as tell which: an answer must not be as long as what it refuses. */
const unknownKeys = (keys: readonly string[]): string => {
  const shown = keys.slice(0, 5).map((key) => `"${key.slice(0, 80)}"`);
  return keys.length > shown.length ? `${shown.join(', ')} and ${keys.length - shown.length} more` : shown.join(', ');
};

const fieldPath = (parts: readonly PropertyKey[]): string =>
  parts.map((part, at) => (typeof part === 'number' ? `[${part}]` : `${at === 0 ? '' : '.'}${String(part)}`)).join('');
