/** What is wrong with a version, told in the design's order of precedence, from what its body showed. */
import { fingerprintPrefix } from '../../../shared/fingerprint.ts';
import type { Problem } from '../../../shared/problem.ts';
import { describeNoPlainName } from '../disk/containedFile.ts';
import type { KnownVersion } from './batchVersions.ts';
import type { BodyLook } from './bodyCache.ts';

/** The first of the order artifact, missing, unreadable, unfit value, scene id, fingerprint; null where all is well. */
export function bodyProblem(known: KnownVersion, look: BodyLook, batchId: string): Problem | null {
  if (look.kind !== 'facts') return noBodyProblem(known, look);
  const { version, artifact } = known;
  const { facts } = look;
  if (facts.unfit !== null) {
    const { code, jsonPath } = facts.unfit;
    const what =
      code === 'number_out_of_range'
        ? 'an integer beyond ±(2^53−1), or a number too large for any program to hold'
        : 'half of a surrogate pair, which is no character';
    const message = `${artifact}: the value at ${jsonPath} is ${what}. v${version} cannot be compared or conformed until the pipeline writes it anew.`;
    return { code, severity: 'error', version, file: artifact, jsonPath, message };
  }
  if (facts.sceneId !== batchId) {
    const message = `${artifact} says that it is scene "${facts.sceneId}", not ${batchId}. Put the right body in its place; v${version} cannot be conformed.`;
    return { code: 'scene_id_mismatch', severity: 'error', version, file: artifact, jsonPath: '$.scene_id', message };
  }
  if (known.recordedFingerprint === null) {
    if (known.entry === null) return null;
    const message = `The manifest records no structure_fingerprint for v${version}, so a later change of ${artifact} would not show. Nothing needs to be done to work with it.`;
    return { code: 'fingerprint_missing', severity: 'warning', version, file: artifact, message };
  }
  // Another prefix is another algorithm: it is compared with its like and never called wrong.
  const isOurs = known.recordedFingerprint.startsWith(fingerprintPrefix);
  if (!isOurs || known.recordedFingerprint === facts.fingerprint) return null;
  const isProvisional = known.source === 'legacy_flat';
  const message = `${artifact} was changed after v${version} was recorded: its fingerprint is not the one in the ${known.entry === null ? 'ledger' : 'manifest'}. Compare it with the version before, and ask who changed it.`;
  return {
    code: 'fingerprint_mismatch',
    severity: isProvisional ? 'warning' : 'error',
    version,
    file: artifact,
    message,
  };
}

export function noBodyProblem(known: KnownVersion, look: Exclude<BodyLook, { kind: 'facts' }>): Problem {
  const { version, artifact } = known;
  const base = {
    severity: 'error',
    version,
    // What is no name of a file there is none to look at.
    ...(describeNoPlainName(artifact) === null ? { file: artifact } : {}),
    ...(look.jsonPath === undefined ? {} : { jsonPath: look.jsonPath }),
  } as const;
  const shown = JSON.stringify(artifact);
  switch (look.kind) {
    case 'outside':
      return {
        ...base,
        code: 'artifact_outside_scenes_folder',
        message: `The artifact ${shown} of v${version} is refused: ${look.reason}. It was not read. Name a file in the scenes folder in the manifest's "artifact".`,
      };
    case 'missing':
      return {
        ...base,
        code: 'body_missing',
        message: `The body ${shown} of v${version} is not in the scenes folder. Restore it from a backup; until then v${version} cannot be shown, compared or conformed.`,
      };
    case 'unreadable':
      return {
        ...base,
        code: 'body_unreadable',
        message: `The body ${shown} of v${version} cannot be read: ${look.reason}. Restore it from a backup; until then v${version} cannot be shown, compared or conformed.`,
      };
  }
}

export function duplicateProblem({ version, artifact }: KnownVersion, ids: readonly string[]): Problem {
  const named = ids.slice(0, 3).join(', ') + (ids.length > 3 ? ` and ${ids.length - 3} more` : '');
  return {
    code: 'duplicate_beat_id',
    severity: 'warning',
    version,
    file: artifact,
    message: `${artifact} has a beat_id more than once: ${named}. Such beats are paired in their order when versions are compared.`,
  };
}

export const orphanProblem = (version: number, name: string, isAdoptable: boolean): Problem => ({
  code: 'orphan_body',
  severity: 'warning',
  version,
  file: name,
  ...(isAdoptable ? { repair: 'adoptOrphan' } : {}),
  message: `${name} is registered by no entry: a writer was probably interrupted. It is kept, and no new version takes its number.${isAdoptable ? ' Adopt it as a candidate, or leave it as it is.' : ''}`,
});
