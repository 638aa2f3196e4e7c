import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonTextError, parseExact, stringifyExact } from './exactJson.ts';
import { ExactNumber, type JsonValue } from './json.ts';
import { numberFromLiteral } from './numberLiteral.ts';

const exactTexts = [
  '0.1234567890123456789',
  '1e400',
  '-1e400',
  '1e-400',
  '9007199254740993',
  '9007199254740992',
  '-9007199254740992',
  '1e16',
  '1e20',
  '12345678901234567890.5',
  '1000000000000000000000',
  '100000000000000000000000000',
  '3.14159265358979323846',
  '1.0000000000000000000001',
  '5e-325',
];
const plainTexts: readonly (readonly [string, number])[] = [
  ['4.0', 4],
  ['1e2', 100],
  ['1E+2', 100],
  ['0.1', 0.1],
  ['0.10000000000000000', 0.1],
  ['9007199254740991', 9007199254740991],
  ['-9007199254740991.0', -9007199254740991],
  ['1e21', 1e21],
  ['1.7976931348623157e308', Number.MAX_VALUE],
  ['5e-324', 5e-324],
  ['0e999999999999999999999', 0],
  ['1234567890.12345', 1234567890.12345],
];

describe('reading exact JSON', () => {
  it.each(exactTexts)('keeps the text of %s, wherever it stands', (text) => {
    expect(parseExact(text)).toEqual(new ExactNumber(text));
    expect(parseExact(`{"a":[1,${text}]}`)).toEqual({ a: [1, new ExactNumber(text)] });
    expect(parseExact(` [ ${text}\n]`)).toEqual([new ExactNumber(text)]);
  });

  it.each(plainTexts)('reads %s as a plain number', (text, value) => {
    expect(parseExact(text)).toBe(value);
    // In the other parser too, which a number beside it calls in.
    expect(parseExact(`[${text},1e400]`)).toEqual([value, new ExactNumber('1e400')]);
  });

  it('makes a plain number of every double as JSON writes it, but for integers beyond 2^53', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = JSON.stringify(value);
        const isBig = /^-?\d+$/.test(text) && !Number.isSafeInteger(value);
        expect(numberFromLiteral(text)).toEqual(isBig ? new ExactNumber(text) : JSON.parse(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('never takes a literal for a double of another value', () => {
    const literal = fc
      .tuple(fc.bigInt({ min: 0n, max: 10n ** 24n }), fc.nat(30), fc.integer({ min: -30, max: 30 }))
      .map(([digits, places, exponent]) => {
        const text = String(digits).padStart(places + 1, '0');
        const point = text.length - places;
        return `${text.slice(0, point)}${places > 0 ? `.${text.slice(point)}` : ''}e${exponent}`;
      })
      .filter((text) => !/^0\d/.test(text));
    const rational = (text: string): bigint => {
      const [mantissa = '', exponent = '0'] = text.split('e');
      const [whole = '', fraction = ''] = mantissa.split('.');
      return BigInt(whole + fraction) * 10n ** BigInt(400 + Number(exponent) - fraction.length);
    };
    fc.assert(
      fc.property(literal, (text) => {
        const read = numberFromLiteral(text);
        const isSame = rational(String(Number(text))) === rational(text);
        expect(typeof read === 'number').toBe(
          isSame && (Number.isSafeInteger(Number(text)) || !/^\d+$/.test(String(Number(text)))),
        );
      }),
      { numRuns: 2000 },
    );
  });

  it('accepts a byte-order mark in front, and nowhere else', () => {
    expect(parseExact('\ufeff{"a":1}')).toEqual({ a: 1 });
    expect(() => parseExact('{\ufeff"a":1}')).toThrow(JsonTextError);
    expect(() => parseExact('\ufeff\ufeff1')).toThrow(JsonTextError);
  });

  it('lets the last of two equal keys win, in both parsers', () => {
    expect(parseExact('{"a":1,"b":2,"a":3}')).toEqual({ a: 3, b: 2 });
    expect(parseExact('{"a":1,"b":1e400,"a":3}')).toEqual({ a: 3, b: new ExactNumber('1e400') });
  });

  it.each(['', ',"n":1e400'])('keeps __proto__ and constructor as data (%s)', (more) => {
    const value = parseExact(`{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}}${more}}`);
    expect(Object.keys(value ?? {}).slice(0, 2)).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.prototype).not.toHaveProperty('isAdmin');
    expect(JSON.parse(stringifyExact(parseExact('{"__proto__":[1e400]}')).replace('1e400', '1'))).toEqual(
      JSON.parse('{"__proto__":[1]}'),
    );
  });

  it('reads 500 levels and refuses the next, naming line, column and place', () => {
    const nested = (levels: number, inner: string) => '['.repeat(levels) + inner + ']'.repeat(levels);
    expect(() => parseExact(nested(500, '1'))).not.toThrow();
    expect(() => parseExact(nested(500, '1e400'))).not.toThrow();
    expect(() => parseExact(nested(501, '1'))).toThrow(/beyond 500 levels \(line 1, column 501\)/);
    expect(() => parseExact(nested(200_000, ''))).toThrow(JsonTextError);
    expect(() => parseExact(`["${'['.repeat(600)}", "\\"${'['.repeat(600)}"]`)).not.toThrow();
  });

  it.each([
    ['{\n  "beats": [\n    {"a": 01}\n  ]\n}', 3, 12, '$.beats[0]'],
    ['', 1, 1, '$'],
    ['{"a":1,}', 1, 8, '$'],
    ["{'a':1}", 1, 2, '$'],
    ['[1,2', 1, 5, '$'],
    ['[NaN]', 1, 2, '$[0]'],
    ['{"a":{"odd key":"\n"}}', 1, 17, "$.a['odd key']"],
    ['["\\x"]', 1, 2, '$[0]'],
    ['1 2', 1, 3, '$'],
    ['// no\n1', 1, 1, '$'],
    ['+1', 1, 1, '$'],
    ['"abc', 1, 1, '$'],
  ])('says where %j is no JSON', (text, line, column, jsonPath) => {
    expect(() => parseExact(text)).toThrow(expect.objectContaining({ name: 'JsonTextError', line, column, jsonPath }));
  });

  it('agrees with JSON.parse on what is JSON and on its value, whichever parser reads', () => {
    fc.assert(
      fc.property(fc.json(), fc.string(), fc.nat(), (json, junk, place) => {
        const at = place % (json.length + 1);
        for (const text of [json, json.slice(0, at) + junk + json.slice(at)]) {
          let expected: unknown;
          try {
            expected = JSON.parse(`[1e400,${text}]`);
          } catch {
            expect(() => parseExact(`[1e400,${text}]`)).toThrow(JsonTextError);
            continue;
          }
          const read = parseExact(`[1e400,${text}]`);
          expect(JSON.parse(stringifyExact(read))).toEqual(expected);
        }
      }),
    );
  });

  it('reads a string of megabytes beside an exact number', () => {
    const long = 'x\\"'.repeat(1_000_000);
    expect(parseExact(`["${long}",1e400]`)).toEqual(['x"'.repeat(1_000_000), new ExactNumber('1e400')]);
  });
});

describe('writing exact JSON', () => {
  it('writes as JSON.stringify does, with exact numbers as they were written', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 2), (value, indent) => {
        const held = value as JsonValue;
        expect(stringifyExact(held, indent)).toBe(JSON.stringify(value, null, indent));
        const marked = stringifyExact([held, new ExactNumber('1e400'), {}, [], { é: -0 }], indent);
        expect(marked).toBe(
          JSON.stringify([value, 'mark', {}, [], { é: 0 }], null, indent).replace('"mark"', (quoted) =>
            JSON.stringify(value).includes('"mark"') ? quoted : '1e400',
          ),
        );
      }),
    );
  });

  it.each(exactTexts)('gives %s back unchanged', (text) => {
    const body = `{\n  "title": "渡辺 – \\"Å\\"",\n  "n": [\n    ${text}\n  ]\n}`;
    expect(stringifyExact(parseExact(body), 2)).toBe(body);
  });
});
