/** Judges the order of a write's calls: what only a power cut would show, because a killed process loses nothing that it has written. */
import { basename, dirname, join } from 'node:path';
import type { RunPlace } from './messages.ts';
import type { Scenario } from './scenarios.ts';
import type { TracedCall } from './tracing.ts';

const manifestName = 'ep_001_BATCH_001.versions.json';
const isDone = ({ result }: TracedCall): boolean => result !== '?' && !result.startsWith('-');
const isSync = ({ call }: TracedCall): boolean => call === 'fsync' || call === 'fdatasync';
const isWrite = ({ call }: TracedCall): boolean => /^p?writev?(?:64)?$/.test(call);
const isNaming = ({ call }: TracedCall): boolean => /^(?:rename|link)(?:at2?)?$/.test(call);

const lastIndex = (calls: readonly TracedCall[], isIt: (call: TracedCall) => boolean): number =>
  calls.findLastIndex(isIt);

/** Of a change that was made and acknowledged, nothing injected. */
export function orderViolations(
  all: readonly TracedCall[],
  { scenesFolder }: RunPlace,
  { change }: Scenario,
): readonly string[] {
  const calls = all.filter(isDone);
  const found: string[] = [];
  const isLedger = (path: string): boolean => dirname(path) === scenesFolder && path.endsWith('.decisions.jsonl');
  const writesTo = (isIt: (path: string) => boolean) => (call: TracedCall) => isWrite(call) && call.paths.some(isIt);
  const syncs = (isIt: (path: string) => boolean) => (call: TracedCall) => isSync(call) && call.paths.some(isIt);
  const namings = calls.filter((call) => isNaming(call) && dirname(call.paths.at(-1) ?? '') === scenesFolder);
  if (namings.length === 0 && change.kind !== 'closeLedger')
    found.push('order: the change came to its place neither by rename nor by link');
  for (const naming of namings) {
    const at = calls.indexOf(naming);
    const [temp = '', target = ''] = naming.paths;
    const before = calls.slice(0, at);
    const written = lastIndex(
      before,
      writesTo((path) => path === temp),
    );
    const synced = lastIndex(
      before,
      syncs((path) => path === temp),
    );
    // A damaged manifest gets a second name; nobody wrote it now.
    const isStanding = written < 0 && temp === join(scenesFolder, manifestName);
    if (!isStanding && (synced < written || synced < 0))
      found.push(`order: ${basename(target)} became visible before it was on the disk`);
    const next = namings.find((other) => calls.indexOf(other) > at);
    const until = next === undefined ? calls.length : calls.indexOf(next);
    if (!calls.slice(at, until).some(syncs((path) => path === scenesFolder))) {
      found.push(`order: the folder was not on the disk after ${basename(target)} came into it`);
    }
  }
  const told = calls.findIndex(writesTo(isLedger));
  const lastNaming = lastIndex(calls, (call) => namings.includes(call));
  if (told < 0) found.push('order: the ledger was not written');
  else {
    if (told < lastNaming) found.push('order: the ledger told of the change before it was made');
    if (lastIndex(calls, syncs(isLedger)) < told) found.push('order: the ledger was not on the disk at the end');
  }
  return found;
}
