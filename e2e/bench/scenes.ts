/** The suite of the main job: fingerprints, comparing and durable writes, each against its yardstick. */
import { comparing } from './comparing.ts';
import { conforming } from './conforming.ts';
import { fingerprinting } from './fingerprinting.ts';
import type { Measured } from './measure.ts';

export async function scenes(): Promise<readonly Measured[]> {
  return [...(await conforming()), ...(await fingerprinting()), ...(await comparing())];
}
