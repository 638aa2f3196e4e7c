/** What a version costs downstream when another one is the baseline: how many of its shots keep their boards. */
import type { ComparedBody } from './comparedBody.ts';
import type { Weight } from './comparison.ts';

function weightSentence(
  same: number,
  total: number,
  versions: { from: number; to: number },
  isDerived: boolean,
): string {
  if (total === 0) return `v${versions.to} has no shots.`;
  const baseline = `v${versions.from}, whose boards are ${isDerived ? 'derived' : 'not derived yet'}`;
  const left = total - same;
  if (total === 1) {
    return same === 1
      ? `The only shot is as in ${baseline}; it needs no new boards.`
      : `The only shot is not as in ${baseline}; it needs new boards.`;
  }
  if (left === 0) return `All ${total} shots are as in ${baseline}; none needs new boards.`;
  if (same === 0) return `None of ${total} shots is as in ${baseline}; all ${total} need new boards.`;
  return `${same} of ${total} shots ${same === 1 ? 'is' : 'are'} as in ${baseline}; ${left} ${
    left === 1 ? 'needs' : 'need'
  } new boards.`;
}

/** A shot is as in the baseline when its beat's fingerprint stands there too, moved or not. */
export function weigh(from: ComparedBody, to: ComparedBody, isBaselineDerived: boolean): Weight {
  const known = new Set(from.beatFingerprints);
  const total = to.beatFingerprints.length;
  let same = 0;
  for (const fingerprint of to.beatFingerprints) if (known.has(fingerprint)) same += 1;
  return {
    same,
    needBoards: total - same,
    total,
    isBaselineDerived,
    sentence: weightSentence(same, total, { from: from.version, to: to.version }, isBaselineDerived),
  };
}
