/** Comparing two bodies that were parsed apart, against JSON.stringify of both and against jsondiffpatch. */
import { create } from 'jsondiffpatch';
import { compareScenes } from '../../shared/compare.ts';
import type { ComparedBody } from '../../shared/comparedBody.ts';
import { fingerprintBeats } from '../../shared/fingerprint.ts';
import { type Measured, measure } from './measure.ts';
import { makeLaterVersion, makeScene } from './pipelineScene.ts';
import { parseScene, sha256 } from './readScene.ts';

/** Parsed from its own text: two bodies never share a beat or a string. */
function readBody(version: number, value: unknown): ComparedBody {
  const scene = parseScene(JSON.stringify(value, null, 2));
  return { version, scene, beatFingerprints: fingerprintBeats(scene, sha256) };
}

const beatIdOf = (item: unknown): string =>
  typeof item === 'object' && item !== null && 'beat_id' in item ? String(item.beat_id) : JSON.stringify(item);

export async function comparing(): Promise<readonly Measured[]> {
  const rows: Measured[] = [];
  for (const beats of [2_000, 10_000]) {
    const older = makeScene(beats);
    const from = readBody(3, older);
    const to = readBody(4, makeLaterVersion(older));
    const ours = (): unknown => compareScenes(from, to);
    const what = `compare of ${beats.toLocaleString('en')} beats`;
    rows.push(
      await measure({
        what,
        yardstick: 'JSON.stringify of both',
        ours,
        theirs: () => [JSON.stringify(from.scene), JSON.stringify(to.scene)],
        pairs: 31,
        warmUps: 10,
        bar: { atMost: 0.4 },
      }),
    );
    const differ = create({ objectHash: beatIdOf });
    rows.push(
      await measure({
        what,
        yardstick: 'jsondiffpatch by beat_id',
        ours,
        theirs: () => differ.diff(from.scene, to.scene),
        // Its table of common subsequences is beats × beats: seconds, and most of a gigabyte at 10,000.
        pairs: beats > 5_000 ? 3 : 11,
        warmUps: 1,
        bar: { timesFaster: 50 },
        isTheirsWasteful: true,
      }),
    );
  }
  return rows;
}
