import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FailureError } from './failure.ts';
import { ExactNumber, type JsonValue } from './json.ts';
import { fromWire, toWire } from './wire.ts';

const { value: anyValue } = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    fc.string(),
    fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }).map((n) => (n === 0 ? 0 : n)),
    fc.constantFrom('1e400', '9007199254740993', '0.1234567890123456789').map((text) => new ExactNumber(text)),
    fc.array(tie('value'), { maxLength: 4 }),
    fc
      .uniqueArray(
        fc.tuple(
          fc.oneof(
            fc.string({ maxLength: 4 }),
            fc.constantFrom('$number', '$object', '$set', '__proto__', 'constructor', '7'),
          ),
          tie('value'),
        ),
        { maxLength: 4, selector: ([key]) => key },
      )
      .map((entries) => Object.fromEntries(entries)),
  ),
}));

const failureOf = (value: unknown): FailureError => {
  try {
    fromWire(value);
  } catch (error) {
    if (error instanceof FailureError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
};

describe('the wire form', () => {
  it('comes back as the same value through JSON text, marks and odd keys included', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const back = fromWire(JSON.parse(JSON.stringify(toWire(value))));
        expect(back).toEqual(value);
        expect(toWire(back)).toEqual(toWire(value));
      }),
      { numRuns: 1000 },
    );
  });

  it('marks exact numbers and wraps objects whose first key starts with a dollar', () => {
    const scene: JsonValue = {
      n: new ExactNumber('1e400'),
      odd: { $ref: 1, b: { $number: 'x' } },
      later: { a: 1, $b: 2 },
    };
    expect(toWire(scene)).toEqual({
      n: { $number: '1e400' },
      odd: { $object: { $ref: 1, b: { $object: { $number: 'x' } } } },
      later: { a: 1, $b: 2 },
    });
  });

  it('makes a plain number of a marked one that a double holds', () => {
    expect(fromWire([{ $number: '2.50' }, { $number: '1e400' }, new ExactNumber('4.0')])).toEqual([
      2.5,
      new ExactNumber('1e400'),
      4,
    ]);
  });

  it.each([
    [{ beats: [{ n: { $number: '01' } }] }, '$.beats[0].n'],
    [{ $number: 1 }, '$'],
    [{ a: { $number: '1', more: 2 } }, '$.a'],
    [{ a: { $set: ['S', 'x'] } }, '$.a'],
    [{ a: { $binary: 'AA==' } }, '$.a'],
    [{ a: { $unknown: 1 } }, '$.a'],
    [{ a: { $object: [1] } }, '$.a'],
    [{ a: { $object: null } }, '$.a'],
    [{ 'odd key': undefined }, "$['odd key']"],
    [[() => 1], '$[0]'],
    [[Number.NaN], '$[0]'],
    [[Number.POSITIVE_INFINITY], '$[0]'],
    [[9007199254740992], '$[0]'],
    [[1n], '$[0]'],
    [[new Date(0)], '$[0]'],
    [{ a: new Map() }, '$.a'],
    [[new ExactNumber('1; DROP')], '$[0]'],
    // biome-ignore lint/suspicious/noSparseArray: a hole is what is refused
    [[1, , 2], '$[1]'],
  ])('refuses what it cannot hold exactly or at all, case %#', (value, jsonPath) => {
    const failure = failureOf(value);
    expect(failure.code).toBe('invalid');
    expect(failure.details).toEqual({ jsonPath });
    expect(failure.message.startsWith(`${jsonPath} `)).toBe(true);
  });

  it('refuses what nests beyond 500 levels before the stack ends', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level += 1) deep = { a: [deep] };
    expect(failureOf(deep).code).toBe('invalid');
    let fine: unknown = 1;
    for (let level = 0; level < 500; level += 1) fine = { $object: { $a: fine } };
    expect(() => fromWire(fine)).not.toThrow();
    expect(failureOf([fine]).code).toBe('invalid');
  });

  it('keeps __proto__ as a key of its own', () => {
    const read = fromWire(JSON.parse('{"__proto__":{"isAdmin":true}}'));
    expect(Object.keys(read ?? {})).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
  });
});
