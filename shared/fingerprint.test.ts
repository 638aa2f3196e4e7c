import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, UnfitValueError } from './canonicalJson.ts';
import { parseExact } from './exactJson.ts';
import { fingerprintBeat, fingerprintBeats, fingerprintBody, fingerprintScene } from './fingerprint.ts';
import { ExactNumber, type JsonValue } from './json.ts';
import { describeNotScene, isScene, type Scene } from './scene.ts';

const workspaces = path.join(import.meta.dirname, '../e2e/fixtures/workspaces');
const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

function readScene(text: string): Scene {
  const value = parseExact(text);
  if (!isScene(value)) throw new Error('no scene');
  return value;
}
const readBody = (file: string): Scene => readScene(readFileSync(path.join(workspaces, file), 'utf8'));
const sceneOf = (beats: JsonValue): Scene => readScene(JSON.stringify({ scene_id: 'BATCH_001', beats }));

interface Known {
  readonly body: string;
  readonly structure_fingerprint: string;
  readonly shot_count: number;
}
const known: readonly Known[] = JSON.parse(
  readFileSync(path.join(workspaces, 'harbor-lights.fingerprints.json'), 'utf8'),
);

const unfitOf = (make: () => unknown): UnfitValueError => {
  try {
    make();
  } catch (error) {
    if (error instanceof UnfitValueError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
};

describe('the known fingerprints', () => {
  it('are one for every body of the workspace', () => {
    const bodies = readdirSync(path.join(workspaces, 'harbor-lights'), { recursive: true, encoding: 'utf8' }).filter(
      (file) => /_BATCH_\d+(\.v\d+)?\.json$/.test(file),
    );
    expect(known.length).toBeGreaterThan(50);
    expect(new Set(known.map(({ body }) => body))).toEqual(
      new Set(bodies.map((file) => path.posix.join('harbor-lights', file))),
    );
  });

  it.each(known)('$body has $structure_fingerprint', ({ body, structure_fingerprint, shot_count }) => {
    const scene = readBody(body);
    expect(fingerprintScene(scene, sha256)).toBe(structure_fingerprint);
    expect(scene.beats).toHaveLength(shot_count);
    expect(fingerprintBody(scene, sha256)).toEqual({
      scene: structure_fingerprint,
      beats: fingerprintBeats(scene, sha256),
    });
  });

  it('cannot be made of a body with an integer beyond 2^53, and the place is named', () => {
    const scene = readBody('damaged/ep_001/scenes/ep_001_BATCH_009.v003.json');
    const error = unfitOf(() => fingerprintScene(scene, sha256));
    expect(error).toMatchObject({ code: 'number_out_of_range', jsonPath: '$.beats[0].shot.duration_s' });
    expect(unfitOf(() => fingerprintBeats(scene, sha256)).jsonPath).toBe('$.beats[0].shot.duration_s');
  });
});

describe('what counts', () => {
  const beat = { beat_id: 'B001', shot: { duration_s: 2.5, raw: { source_text_hash: 'x' } } };

  it('leaves runtime keys out at the level of the beat only', () => {
    const dressed = { ...beat, boards: [1], takes: [{}], status: 'done', receipts: {}, updated_at: 'now' };
    expect(fingerprintScene(sceneOf([dressed]), sha256)).toBe(fingerprintScene(sceneOf([beat]), sha256));
    const deep = { ...beat, shot: { ...beat.shot, status: 'done' } };
    expect(fingerprintScene(sceneOf([deep]), sha256)).not.toBe(fingerprintScene(sceneOf([beat]), sha256));
  });

  it('is the canonical form of scene_id and beats, and of one beat alone', () => {
    const scene = readScene('{"title":"x","scene_id":"BATCH_001","beats":[{"b":1,"a":[2.0]}],"more":1e400}');
    expect(fingerprintScene(scene, sha256)).toBe(`sf1:${sha256('{"beats":[{"a":[2],"b":1}],"scene_id":"BATCH_001"}')}`);
    expect(fingerprintBeat({ b: 1, a: [2], status: 'x' }, sha256)).toBe(`sf1:${sha256('{"a":[2],"b":1}')}`);
    expect(fingerprintScene(sceneOf([]), sha256)).toBe(`sf1:${sha256('{"beats":[],"scene_id":"BATCH_001"}')}`);
  });

  it('counts raw.description and raw.source_text_hash', () => {
    const changed = { ...beat, shot: { ...beat.shot, raw: { source_text_hash: 'y' } } };
    expect(fingerprintBeat(changed, sha256)).not.toBe(fingerprintBeat(beat, sha256));
  });

  it.each([
    ['{"n":9007199254740993}', 'number_out_of_range', '$.beats[0].n'],
    ['{"n":9007199254740992}', 'number_out_of_range', '$.beats[0].n'],
    ['{"n":1000000000000000000000}', 'number_out_of_range', '$.beats[0].n'],
    ['{"n":1e400}', 'number_out_of_range', '$.beats[0].n'],
    ['{"odd key":[0,-1e400]}', 'number_out_of_range', "$.beats[0]['odd key'][1]"],
    ['{"t":"a\\ud800"}', 'lone_surrogate', '$.beats[0].t'],
    ['{"t":["\\udc00\\ud800"]}', 'lone_surrogate', '$.beats[0].t[0]'],
    ['{"\\ud800":1}', 'lone_surrogate', "$.beats[0]['\\ud800']"],
    ['{"it\'s":{"\\\\":"\\udfff"}}', 'lone_surrogate', "$.beats[0]['it\\'s']['\\\\']"],
  ])('refuses the beat %s', (beatText, code, jsonPath) => {
    const scene = readScene(`{"scene_id":"S","beats":[${beatText}]}`);
    expect(unfitOf(() => fingerprintScene(scene, sha256))).toMatchObject({ code, jsonPath });
  });

  it('refuses a lone surrogate in scene_id, and lets all of these stand in what is not hashed', () => {
    expect(unfitOf(() => fingerprintScene(readScene('{"scene_id":"\\ud800","beats":[]}'), sha256)).jsonPath).toBe(
      '$.scene_id',
    );
    const scene = readScene('{"scene_id":"S","title":"\\ud800","n":1e400,"beats":[{"takes":[9007199254740993]}]}');
    expect(() => fingerprintScene(scene, sha256)).not.toThrow();
  });

  it('hashes finite floats of any size as their double', () => {
    const of = (literal: string) => fingerprintScene(readScene(`{"scene_id":"S","beats":[{"n":${literal}}]}`), sha256);
    expect(of('0.1234567890123456789')).toBe(of('0.12345678901234568'));
    expect(of('1e16')).toBe(`sf1:${sha256('{"beats":[{"n":10000000000000000}],"scene_id":"S"}')}`);
    expect(of('1e300')).toBe(of('1.0E+300'));
    expect(of('-0.0')).toBe(of('0'));
  });

  it('refuses a plain double that would be written as an unsafe integer', () => {
    expect(unfitOf(() => canonicalJson({ n: 2 ** 53 })).code).toBe('number_out_of_range');
    expect(canonicalJson({ n: 1e21 })).toBe('{"n":1e+21}');
  });
});

describe('the canonical form', () => {
  /** RFC 8785, appendix B: bits of the double and its text. */
  const samples: readonly (readonly [string, string])[] = [
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['ffefffffffffffff', '-1.7976931348623157e+308'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['44b52d02c7e14af7', '1.0000000000000001e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef4f', '999999999999999900000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['41b3de4355555554', '333333333.33333325'],
    ['41b3de4355555555', '333333333.3333333'],
    ['41b3de4355555556', '333333333.3333334'],
    ['41b3de4355555557', '333333333.33333343'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ];

  it.each(samples)('writes the double %s as %s', (bits, text) => {
    const value = Buffer.from(bits, 'hex').readDoubleBE();
    // As a float literal, for two of them are integers that a plain double may not stand for.
    expect(canonicalJson(new ExactNumber(`${value.toExponential()}`))).toBe(text);
  });

  it('orders and escapes as the example of RFC 8785 does', () => {
    const example =
      '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],' +
      '"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}';
    expect(canonicalJson(parseExact(example))).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
    const keys = '{"\\u20ac":1,"\\r":2,"\\ufb33":3,"1":4,"\\ud83d\\ude00":5,"\\u0080":6,"\\u00f6":7}';
    expect(canonicalJson(parseExact(keys))).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}');
    expect(canonicalJson({ '10': 1, '9': 2, __proto: {}, a: [] })).toBe('{"10":1,"9":2,"__proto":{},"a":[]}');
  });

  it('is what canonicalize 4 makes of any JSON value that can be held', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary', maxDepth: 5 }), (value) => {
        const held = value as JsonValue;
        let made: string;
        try {
          made = canonicalJson(held);
        } catch (error) {
          expect(error).toBeInstanceOf(UnfitValueError);
          expect(JSON.stringify(value)).toMatch(/\\ud[89a-f]|\d{16}/);
          return;
        }
        expect(made).toBe(canonicalize(value));
      }),
      { numRuns: 2000 },
    );
  });

  it('stays right for more kinds of objects than are remembered', () => {
    const objects = Array.from({ length: 4000 }, (_, at) => ({
      [`z${at % 50}`]: at,
      b: 1,
      [`a${at}`]: [{ c: 1, [`k${at % 3}`]: 2 }],
    }));
    expect(canonicalJson(objects)).toBe(canonicalize(objects));
    expect(canonicalJson(objects)).toBe(canonicalize(objects));
  });

  it('takes a backslash before "ud800" for what it is', () => {
    expect(canonicalJson(['\\ud800', '😀'])).toBe('["\\\\ud800","😀"]');
  });
});

describe('what is a scene', () => {
  it.each([
    ['[]', '$'],
    ['null', '$'],
    ['{}', '$.scene_id'],
    ['{"scene_id":1,"beats":[]}', '$.scene_id'],
    ['{"scene_id":"S"}', '$.beats'],
    ['{"scene_id":"S","beats":{}}', '$.beats'],
    ['{"scene_id":"S","beats":[{},1]}', '$.beats[1]'],
    ['{"scene_id":"S","beats":[1e400]}', '$.beats[0]'],
    ['{"scene_id":"S","beats":[[]]}', '$.beats[0]'],
  ])('%s is none, and %s says why', (text, jsonPath) => {
    expect(isScene(parseExact(text))).toBe(false);
    expect(describeNotScene(parseExact(text))?.jsonPath).toBe(jsonPath);
  });

  it('needs a scene_id and a list of objects, nothing else', () => {
    expect(isScene(parseExact('{"beats":[{}],"scene_id":""}'))).toBe(true);
  });
});
