/** The yardsticks of a listing: the same manifests read and parsed, by `fs/promises` 16 at once and by a synchronous loop. */
import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

const atOnce = 16;

/** Every file once, so that all of them are in the system's cache: some systems soon take out what nobody reads. */
export function warmFiles(workspace: string): void {
  for (const entry of readdirSync(workspace, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) readFileSync(path.join(entry.parentPath, entry.name));
  }
}

export function manifestsIn(workspace: string): readonly string[] {
  const names = readdirSync(workspace, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.versions.json')).map((name) => path.join(workspace, name));
}

export async function readManifestsAtOnce(paths: readonly string[]): Promise<void> {
  let next = 0;
  const reader = async (): Promise<void> => {
    for (let at = next++; at < paths.length; at = next++) JSON.parse(await readFile(paths[at] ?? '', 'utf8'));
  };
  await Promise.all(Array.from({ length: atOnce }, reader));
}

export function readManifestsInTurn(paths: readonly string[]): void {
  for (const each of paths) JSON.parse(readFileSync(each, 'utf8'));
}
