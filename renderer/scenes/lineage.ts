/** Lays a batch's versions out as a graph: which lane each stands in, and which lines cross its row. Pure; drawing is Lineage.tsx. */
import type { VersionSummary } from '../../shared/manifest.ts';

export type LineageVersion = Pick<VersionSummary, 'version' | 'parentVersion' | 'state' | 'isActive' | 'isRegistered'>;

/** Lines inside one row, from its upper to its lower edge; lanes count from 0 at the left. */
export type LineageLine =
  /** Belongs to versions above and below; passes by. */
  | { readonly kind: 'through'; readonly lane: number }
  /** From the upper edge to the node: a child stands above in the same lane. */
  | { readonly kind: 'in'; readonly lane: number }
  /** From the upper edge of another lane to the node: a branch ends at its parent. */
  | { readonly kind: 'merge'; readonly lane: number; readonly into: number }
  /** From the node to the lower edge, towards the parent. */
  | { readonly kind: 'out'; readonly lane: number }
  /** The recorded parent is not in the list: a stub that leads nowhere. */
  | { readonly kind: 'missing'; readonly lane: number };

export interface LineageRow {
  readonly version: number;
  readonly lane: number;
  readonly node: 'approved' | 'candidate' | 'orphan';
  readonly isActive: boolean;
  readonly lines: readonly LineageLine[];
}

export interface LineageGraph {
  readonly rows: readonly LineageRow[];
  /** How many lanes are drawn at most, at least 1. */
  readonly lanes: number;
}

/** The leftmost lane: the active version, its ancestors, and above it the newest child of each. */
function trunkOf(versions: readonly LineageVersion[], parentOf: (each: LineageVersion) => number | null): Set<number> {
  const byVersion = new Map(versions.map((each) => [each.version, each]));
  const newestChild = new Map<number, number>();
  for (const each of versions) {
    const parent = parentOf(each);
    if (parent !== null && (newestChild.get(parent) ?? 0) < each.version) newestChild.set(parent, each.version);
  }
  const anchor = versions.find((each) => each.isActive) ?? versions.find((each) => each.isRegistered);
  const trunk = new Set<number>();
  let down: LineageVersion | undefined = anchor;
  while (down) {
    trunk.add(down.version);
    const parent = parentOf(down);
    down = parent === null ? undefined : byVersion.get(parent);
  }
  let up = anchor && newestChild.get(anchor.version);
  while (up !== undefined) {
    trunk.add(up);
    up = newestChild.get(up);
  }
  return trunk;
}

/** `versions` stand newest first. A parent that is not below its child (damage) counts as missing, so there is no cycle. */
export function layLineage(versions: readonly LineageVersion[]): LineageGraph {
  const rowOf = new Map<number, number>();
  versions.forEach((each, row) => {
    if (!rowOf.has(each.version)) rowOf.set(each.version, row);
  });
  const isBelow = (parent: number, row: number) => (rowOf.get(parent) ?? -1) > row;
  const parents = versions.map((each, row) =>
    each.parentVersion !== null && isBelow(each.parentVersion, row) ? each.parentVersion : null,
  );
  const parentOf = (each: LineageVersion) => parents[rowOf.get(each.version) ?? -1] ?? null;
  const trunk = trunkOf(versions, parentOf);

  /** What each lane waits for, going down; null where the lane is free. */
  const lanes: (number | null)[] = [];
  // Without a manifest there is no trunk, and nothing that the leftmost lane is kept for.
  const firstLane = trunk.size === 0 ? 0 : 1;
  const freeLane = (): number => {
    for (let lane = firstLane; ; lane += 1) if ((lanes[lane] ?? null) === null) return lane;
  };
  let most = 1;
  const rows = versions.map((each, row): LineageRow => {
    const waiting = lanes.flatMap((expected, lane) => (expected === each.version ? [lane] : []));
    const lane = trunk.has(each.version) && rowOf.get(each.version) === row ? 0 : (waiting[0] ?? freeLane());
    const lines: LineageLine[] = [];
    lanes.forEach((expected, other) => {
      if (expected === null) return;
      if (expected !== each.version) lines.push({ kind: 'through', lane: other });
      else if (other === lane) lines.push({ kind: 'in', lane });
      else lines.push({ kind: 'merge', lane: other, into: lane });
      if (expected === each.version) lanes[other] = null;
    });
    const parent = parents[row] ?? null;
    if (parent !== null) {
      lines.push({ kind: 'out', lane });
      while (lanes.length <= lane) lanes.push(null);
      lanes[lane] = parent;
    } else if (each.parentVersion !== null) lines.push({ kind: 'missing', lane });
    most = Math.max(most, lane + 1, lanes.length);
    return {
      version: each.version,
      lane,
      // A flat batch has no manifest and no orphan either: its one body is the active version.
      node: each.isRegistered || each.isActive ? each.state : 'orphan',
      isActive: each.isActive,
      lines,
    };
  });
  return { rows, lanes: most };
}
