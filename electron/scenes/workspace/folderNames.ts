/** The names in a folder, read again only where the folder itself says that it changed: selecting a batch asks four times for thousands. */
import { readdir, stat } from 'node:fs/promises';

interface KnownFolder {
  readonly signature: string;
  /** By the clock of this process, which no other computer's matters to. */
  readonly seenAt: number;
  readonly readAt: number;
  /** Null until they were read of a folder that had stood still for a while. */
  readonly names: readonly string[] | null;
}

/** Folders that a person moves between; an episode's names are some 100 KB. */
const mostFolders = 32;
/** Two changes may fall into one tick of a file system's clock, the coarsest of which ticks every two seconds. */
const settledMs = 2_500;

/** Drives of a network that keep no times of folders would else hide every new file for good. */
const longestMs = 10_000;

const known = new Map<string, KnownFolder>();

/** As `readdir`; throws as it does. */
export async function folderNames(path: string): Promise<readonly string[]> {
  // Before the names, so that a change between the two is seen next time.
  const { mtimeNs, ctimeNs, ino, dev } = await stat(path, { bigint: true });
  const signature = `${mtimeNs}-${ctimeNs}-${ino}-${dev}`;
  const now = performance.now();
  const before = known.get(path);
  const isSame = before?.signature === signature;
  if (isSame && before.names !== null && now - before.readAt < longestMs) return before.names;
  const names = await readdir(path);
  const isSettled = isSame && now - before.seenAt > settledMs;
  known.delete(path);
  known.set(path, { signature, seenAt: isSame ? before.seenAt : now, readAt: now, names: isSettled ? names : null });
  const [oldest] = known.keys();
  if (known.size > mostFolders && oldest !== undefined) known.delete(oldest);
  return names;
}
