/** Whether the next writer was held up by what was left: a killed writer holds up nobody. */
import { parseBatchId } from '../../shared/ids.ts';
import { faultScene } from './faultScene.ts';
import type { RunPlace } from './messages.ts';
import { storeOf } from './scenarios.ts';

const withinMs = 3_000;
const unhinderedDuration = 98;

/** On a busy computer all takes long, so that a write that nothing stands in the way of is allowed for. Writes a version. */
export async function waitViolations(tookMs: number, place: RunPlace): Promise<readonly string[]> {
  if (tookMs <= withinMs) return [];
  const batchId = parseBatchId(place.batchId);
  const begun = performance.now();
  await storeOf(place).writeSceneCandidate(batchId, faultScene(batchId, unhinderedDuration), { parentVersion: null });
  const unhinderedMs = performance.now() - begun;
  if (tookMs <= withinMs + 2 * unhinderedMs) return [];
  return [`next: it waited ${Math.round(tookMs)} ms, where ${Math.round(unhinderedMs)} ms are usual`];
}
