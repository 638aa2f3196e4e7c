/** A test's own folders: a workspace copied from the fixtures and an empty data folder. */
import { cp, mkdir, mkdtemp, realpath, rm, symlink } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

export const projectRoot = path.join(import.meta.dirname, '../..');

const fixtures = path.join(projectRoot, 'e2e/fixtures/workspaces');
const sample = path.join(projectRoot, 'assets/sample');

/** The pipeline's own output and what damaged it, and the projects of the sample that the app ships. */
const sources = {
  'harbor-lights': fixtures,
  damaged: fixtures,
  'night-ferry': sample,
  'salt-road': sample,
} as const;

export type FixtureProject = keyof typeof sources;

/** The system's own temporary folder, by its real path, since paths are compared in what the app shows. */
export async function freshFolder(): Promise<string> {
  return realpath(await mkdtemp(path.join(os.tmpdir(), 'picture-lock-')));
}

/** A workspace that holds copies of these projects; a test may do with it what it likes. */
export async function copyWorkspace(into: string, projects: readonly FixtureProject[]): Promise<string> {
  const workspace = path.join(into, 'workspace');
  await mkdir(workspace);
  for (const project of projects) {
    await cp(path.join(sources[project], project), path.join(workspace, project), { recursive: true });
  }
  if (projects.includes('damaged')) await leadOut(workspace);
  return workspace;
}

/** One body of the damaged project is a link that leads out, to a body that is right in every way; a checkout may hold it as plain text. */
async function leadOut(workspace: string): Promise<void> {
  const link = path.join(workspace, 'damaged/ep_001/scenes/ep_001_BATCH_017.v002.json');
  await rm(link);
  await symlink('../../../outside.json', link);
  await cp(path.join(fixtures, 'outside.json'), path.join(workspace, 'outside.json'));
}
