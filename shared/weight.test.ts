import { describe, expect, it } from 'vitest';
import type { ComparedBody } from './comparedBody.ts';
import { weigh } from './weight.ts';

const body = (version: number, fingerprints: string): ComparedBody => ({
  version,
  scene: { scene_id: 'S', beats: [...fingerprints].map(() => ({})) },
  beatFingerprints: [...fingerprints],
});

describe('the weight downstream', () => {
  it.each([
    ['abcdefgh', 'hgfedcbX', true, '7 of 8 shots are as in v3, whose boards are derived; 1 needs new boards.'],
    ['abcdefg', 'abcdefgXYZW', true, '7 of 11 shots are as in v3, whose boards are derived; 4 need new boards.'],
    ['abc', 'aX', true, '1 of 2 shots is as in v3, whose boards are derived; 1 needs new boards.'],
    ['abc', 'cba', true, 'All 3 shots are as in v3, whose boards are derived; none needs new boards.'],
    ['abc', 'XYZ', true, 'None of 3 shots is as in v3, whose boards are derived; all 3 need new boards.'],
    ['a', 'a', true, 'The only shot is as in v3, whose boards are derived; it needs no new boards.'],
    ['a', 'X', false, 'The only shot is not as in v3, whose boards are not derived yet; it needs new boards.'],
    ['abcd', 'abXY', false, '2 of 4 shots are as in v3, whose boards are not derived yet; 2 need new boards.'],
    ['abcd', '', true, 'v4 has no shots.'],
  ])('of %s → %s is told', (from, to, isDerived, sentence) => {
    const weight = weigh(body(3, from), body(4, to), isDerived);
    expect(weight.sentence).toBe(sentence);
    expect(weight.total).toBe(to.length);
    expect(weight.same).toBe([...to].filter((one) => from.includes(one)).length);
    expect(weight.needBoards).toBe(weight.total - weight.same);
    expect(weight.isBaselineDerived).toBe(isDerived);
  });
});
