/** When stdio's transport reads, answers and gives up waiting, seen with requests that take as long as the test wants. */
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { Dispatch } from './dispatch.ts';
import { answerLines } from './stdioRequests.ts';

function begin() {
  const input = new PassThrough();
  const output = new PassThrough({ encoding: 'utf8' });
  const pending = new Map<unknown, () => void>();
  const dispatch: Dispatch = (name) =>
    new Promise((resolve) => {
      pending.set(name, () => resolve({ ok: true, value: name }));
    });
  const written = (): string[] =>
    String(output.read() ?? '')
      .split('\n')
      .filter((line) => line !== '');
  return { input, pending, written, lines: answerLines({ input, output, dispatch }) };
}

const line = (id: number): string => `{"id":${id},"request":"r${id}"}\n`;
const isSettled = (promise: Promise<void>): Promise<boolean> =>
  Promise.race([promise.then(() => true), new Promise<boolean>((resolve) => setImmediate(resolve, false))]);

describe('the lines of stdio', () => {
  it('are answered however long one takes, after a silence was told', async () => {
    const { input, pending, written, lines } = begin();
    input.end(line(1) + line(2));
    await lines.silence(30);
    expect(await isSettled(lines.answered)).toBe(false);
    for (const answer of pending.values()) answer();
    await lines.answered;
    expect(written().map((each) => JSON.parse(each).id)).toEqual([1, 2]);
  });

  it('tell no silence as long as answers come', async () => {
    const { input, pending, lines } = begin();
    input.end(Array.from({ length: 10 }, (_, id) => line(id)).join(''));
    let toldAt = 0;
    const told = lines.silence(120).then(() => {
      toldAt = performance.now();
    });
    let lastAnswer = 0;
    for (let id = 0; id < 6; id += 1) {
      await new Promise((resolve) => setTimeout(resolve, 40));
      lastAnswer = performance.now();
      pending.get(`r${id}`)?.();
    }
    await told;
    expect(toldAt - lastAnswer).toBeGreaterThan(100);
  });

  it('tell the end of the input although more requests wait than are begun at once', async () => {
    const { input, pending, lines } = begin();
    input.end(Array.from({ length: 300 }, (_, id) => line(id)).join(''));
    await lines.silence(20);
    expect(pending.size).toBe(64);
    while (!(await isSettled(lines.answered))) for (const answer of pending.values()) answer();
    expect(pending.size).toBe(300);
  });

  it('end where the input breaks off', async () => {
    const { input, lines, written, pending } = begin();
    input.write(line(1));
    while (pending.size === 0) await new Promise((resolve) => setImmediate(resolve));
    input.destroy(new Error('the other end is gone'));
    await lines.silence(10);
    for (const answer of pending.values()) answer();
    await lines.answered;
    expect(written()).toHaveLength(1);
  });
});
