/** Structure fingerprints against JSON.stringify and SHA-256 of the same scene. */
import { createHash } from 'node:crypto';
import { fingerprintScene } from '../../shared/fingerprint.ts';
import { type Measured, measure } from './measure.ts';
import { makeSceneOfBytes } from './pipelineScene.ts';
import { parseScene, sha256 } from './readScene.ts';

export async function fingerprinting(): Promise<readonly Measured[]> {
  const rows: Measured[] = [];
  for (const megabytes of [1, 5]) {
    const scene = parseScene(JSON.stringify(makeSceneOfBytes(megabytes * 1e6), null, 2));
    rows.push(
      await measure({
        what: `fingerprint of a ${megabytes} MB scene`,
        yardstick: 'JSON.stringify + SHA-256',
        ours: () => fingerprintScene(scene, sha256),
        theirs: () => createHash('sha256').update(JSON.stringify(scene)).digest('hex'),
        pairs: 31,
        warmUps: 10,
        bar: { atMost: 6 },
      }),
    );
  }
  return rows;
}
