/** A scene's text as main reads it. */
import { createHash } from 'node:crypto';
import { parseExact } from '../../shared/exactJson.ts';
import { isScene, type Scene } from '../../shared/scene.ts';

export const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

export function parseScene(text: string): Scene {
  const value = parseExact(text);
  if (!isScene(value)) throw new Error('A benchmark made no scene.');
  return value;
}
