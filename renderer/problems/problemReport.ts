/** Where a problem is, as a path to look it up by, and all problems as a text to send to somebody. Pure. */
import type { WorkspaceInfo } from '../../shared/contract.ts';
import { type BatchRef, batchKey, episodeName } from '../../shared/ids.ts';
import type { Problem } from '../../shared/problem.ts';
import type { ProblemGroup } from './problemGroups.ts';

/** A project that was opened by itself is the workspace's own folder. */
export function scenesPath({ path, name }: Pick<WorkspaceInfo, 'path' | 'name'>, ref: BatchRef): string {
  const separator = path.includes('\\') && !path.includes('/') ? '\\' : '/';
  const parts = [path.replace(/[\\/]+$/, ''), ...(name === ref.project ? [] : [ref.project])];
  return [...parts, episodeName(ref.episode), 'scenes'].join(separator);
}

/** An artifact that is no file's name is put right in the manifest that names it. */
export const wrongFile = (ref: BatchRef, { file, code }: Pick<Problem, 'file' | 'code'>): string | undefined =>
  file ??
  (code === 'artifact_outside_scenes_folder' ? `${episodeName(ref.episode)}_${ref.batchId}.versions.json` : undefined);

/** The whole path of the file that is wrong; of the folder, where it is none. */
export function problemPath(
  workspace: Pick<WorkspaceInfo, 'path' | 'name'>,
  ref: BatchRef,
  problem: Pick<Problem, 'file' | 'code'>,
): string {
  const folder = scenesPath(workspace, ref);
  const file = wrongFile(ref, problem);
  return file === undefined ? folder : `${folder}${folder.includes('\\') ? '\\' : '/'}${file}`;
}

/** Tab-separated, one problem a line, so that it can be mailed and sorted. */
export function reportText(groups: readonly ProblemGroup[], workspace: Pick<WorkspaceInfo, 'path' | 'name'>): string {
  const lines = groups.flatMap(({ row, problems }) =>
    problems.map((problem) =>
      [
        batchKey(row),
        problem.severity,
        problem.code,
        problem.version === undefined ? '' : `v${problem.version}`,
        problemPath(workspace, row, problem),
        problem.jsonPath ?? '',
        problem.message.replaceAll(/\s+/g, ' '),
      ].join('\t'),
    ),
  );
  return ['batch\tseverity\tcode\tversion\tfile\tplace\tmessage', ...lines].join('\n');
}
