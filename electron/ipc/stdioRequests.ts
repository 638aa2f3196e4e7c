/** The transport of stdio: one JSON request a line in, one answer a line out, matched by id and not by order. */
import { PassThrough, type Readable, type Writable } from 'node:stream';
import { setTimeout as after } from 'node:timers/promises';
import { JsonTextError, parseExact } from '../../shared/exactJson.ts';
import type { Failure, Reply } from '../../shared/failure.ts';
import { ExactNumber, isJsonObject, type JsonValue } from '../../shared/json.ts';
import { linesOf } from '../stdioLines.ts';
import type { Dispatch } from './dispatch.ts';

/** A script may write a thousand requests before it reads an answer. */
const mostUnderWay = 64;
/** Read ahead of the answers, so that the end of the input is seen while they wait. */
const readAhead = 64 * 1_048_576;

export interface AnsweredLines {
  /** Resolves when the input has ended and every line of it has its answer. */
  readonly answered: Promise<void>;
  /** Resolves once the input has ended and no answer was given for this long. */
  readonly silence: (ms: number) => Promise<void>;
}

export function answerLines(options: {
  readonly input: Readable;
  readonly output: Writable;
  readonly dispatch: Dispatch;
}): AnsweredLines {
  const { input, output, dispatch } = options;
  const underWay = new Set<Promise<void>>();
  const ahead = new PassThrough({ highWaterMark: readAhead });
  const ended = new Promise<number>((resolve) => {
    input.once('end', () => resolve(performance.now()));
    // An input that breaks off ends like any other: what came is answered.
    input.on('error', () => {
      ahead.end();
      resolve(performance.now());
    });
  });
  let lastAnswer = 0;

  async function answer(line: string | null): Promise<void> {
    const text = await answerLine(line, dispatch);
    lastAnswer = performance.now();
    output.write(`${text}\n`);
  }

  async function answerAll(): Promise<void> {
    for await (const line of linesOf(ahead)) {
      if (line !== null && line.trim() === '') continue;
      const answering: Promise<void> = answer(line).finally(() => underWay.delete(answering));
      underWay.add(answering);
      if (underWay.size >= mostUnderWay) await Promise.race(underWay);
    }
    await Promise.all(underWay);
  }

  async function silence(ms: number): Promise<void> {
    const endedAt = await ended;
    for (;;) {
      const left = Math.max(endedAt, lastAnswer) + ms - performance.now();
      if (left <= 0) return;
      await after(left);
    }
  }

  input.pipe(ahead);
  return { answered: answerAll(), silence };
}

async function answerLine(line: string | null, dispatch: Dispatch): Promise<string> {
  if (line === null) return answerText('null', refused('The line is not UTF-8.'));
  let parsed: JsonValue;
  try {
    parsed = parseExact(line);
  } catch (error) {
    if (error instanceof JsonTextError) return answerText('null', refused(`The line is no JSON: ${error.message}`));
    throw error;
  }
  if (!isJsonObject(parsed)) {
    return answerText('null', refused('A line is one object: {"id": 1, "request": "…", "input": {…}}.'));
  }
  const id = idText(parsed.id);
  if (id === null) return answerText('null', refused('"id" must be a number or text.'));
  return answerText(id, await dispatch(parsed.request, parsed.input));
}

const refused = (message: string): { readonly ok: false; readonly failure: Failure } => ({
  ok: false,
  failure: { code: 'invalid', message },
});

/** The id goes back as it came, digit by digit; a request without one is answered with null. */
function idText(id: JsonValue | undefined): string | null {
  if (id === undefined || id === null) return 'null';
  if (id instanceof ExactNumber) return id.text;
  return typeof id === 'number' || typeof id === 'string' ? JSON.stringify(id) : null;
}

const answerText = (id: string, reply: Reply<unknown>): string => `{"id":${id},${JSON.stringify(reply).slice(1)}`;
