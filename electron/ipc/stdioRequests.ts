/** The transport of stdio: one JSON request a line in, one answer a line out, matched by id and not by order. */
import type { Readable, Writable } from 'node:stream';
import { JsonTextError, parseExact } from '../../shared/exactJson.ts';
import type { Failure, Reply } from '../../shared/failure.ts';
import { ExactNumber, isJsonObject, type JsonValue } from '../../shared/json.ts';
import { linesOf } from '../stdioLines.ts';
import type { Dispatch } from './dispatch.ts';

/** What is read ahead: a script may write a thousand requests before it reads an answer. */
const mostUnderWay = 64;

/** Resolves at the end of the input; what is under way then is in `underWay`. */
export async function answerLines(options: {
  readonly input: Readable;
  readonly output: Writable;
  readonly dispatch: Dispatch;
  readonly underWay: Set<Promise<void>>;
}): Promise<void> {
  const { input, output, dispatch, underWay } = options;
  for await (const line of linesOf(input)) {
    if (line !== null && line.trim() === '') continue;
    const answering = answerLine(line, dispatch).then((answer) => {
      output.write(`${answer}\n`);
    });
    underWay.add(answering);
    void answering.finally(() => underWay.delete(answering));
    if (underWay.size >= mostUnderWay) await Promise.race(underWay);
  }
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
