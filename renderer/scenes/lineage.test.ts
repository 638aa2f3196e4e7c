import { describe, expect, it } from 'vitest';
import { type LineageVersion, layLineage } from './lineage.ts';

const version = (number: number, parent: number | null, more: Partial<LineageVersion> = {}): LineageVersion => ({
  version: number,
  parentVersion: parent,
  state: 'approved',
  isActive: false,
  isRegistered: true,
  ...more,
});

describe('the lineage of a batch', () => {
  it('keeps the active version with its ancestors and newest children on the left, and a branch beside it', () => {
    const graph = layLineage([
      version(5, 2, { state: 'candidate' }),
      version(4, 3, { state: 'candidate' }),
      version(3, 2, { isActive: true }),
      version(2, 1),
      version(1, null),
    ]);
    expect(graph.rows.map((row) => row.lane)).toEqual([1, 0, 0, 0, 0]);
    expect(graph.lanes).toBe(2);
    expect(graph.rows[0]?.lines).toEqual([{ kind: 'out', lane: 1 }]);
    expect(graph.rows[1]?.lines).toEqual([
      { kind: 'through', lane: 1 },
      { kind: 'out', lane: 0 },
    ]);
    expect(graph.rows[3]?.lines).toEqual([
      { kind: 'in', lane: 0 },
      { kind: 'merge', lane: 1, into: 0 },
      { kind: 'out', lane: 0 },
    ]);
    expect(graph.rows[4]?.lines).toEqual([{ kind: 'in', lane: 0 }]);
  });

  it('carries a line past every version between a child and its far parent', () => {
    const graph = layLineage([version(9, 1, { isActive: true }), version(8, null), version(7, null), version(1, null)]);
    expect(graph.rows.slice(1, 3).map((row) => row.lines)).toEqual([
      [{ kind: 'through', lane: 0 }],
      [{ kind: 'through', lane: 0 }],
    ]);
    expect(graph.rows.map((row) => row.lane)).toEqual([0, 1, 1, 0]);
  });

  it('uses a lane again once its branch has ended', () => {
    const graph = layLineage([
      version(6, 4, { state: 'candidate' }),
      version(5, 4, { isActive: true }),
      version(4, 1),
      version(3, 2, { state: 'candidate' }),
      version(2, 1),
      version(1, null),
    ]);
    expect(graph.rows.map((row) => row.lane)).toEqual([1, 0, 0, 1, 1, 0]);
    expect(graph.lanes).toBe(2);
  });

  it('draws an orphan body alone, and an unknown parent as a stub', () => {
    const graph = layLineage([
      version(7, null, { isRegistered: false }),
      version(3, 9, { isActive: true }),
      version(2, 77, { state: 'candidate' }),
    ]);
    expect(graph.rows.map(({ node, lines }) => ({ node, lines }))).toEqual([
      { node: 'orphan', lines: [] },
      { node: 'approved', lines: [{ kind: 'missing', lane: 0 }] },
      { node: 'candidate', lines: [{ kind: 'missing', lane: 1 }] },
    ]);
  });

  it('draws the one body of a flat batch as what it is: the active, approved version', () => {
    const { rows } = layLineage([version(1, null, { isRegistered: false, isActive: true })]);
    expect(rows).toEqual([{ version: 1, lane: 0, node: 'approved', isActive: true, lines: [] }]);
  });

  it('stands all bodies in the leftmost lane where no manifest can be read', () => {
    const bodies = [3, 2, 1].map((number) => version(number, null, { isRegistered: false }));
    const graph = layLineage(bodies);
    expect(graph.rows.map((row) => row.lane)).toEqual([0, 0, 0]);
    expect(graph.lanes).toBe(1);
  });

  it('ends on damaged input: a version that is its own parent, a cycle, a number that stands twice', () => {
    const graph = layLineage([
      version(4, 4),
      version(3, 2, { isActive: true }),
      version(2, 3),
      version(2, 1),
      version(1, null),
    ]);
    expect(graph.rows).toHaveLength(5);
    expect(graph.rows[0]?.lines).toEqual([{ kind: 'missing', lane: 1 }]);
  });

  it('gives every line that leaves a row a continuation in the row below', () => {
    const versions = Array.from({ length: 40 }, (_, index) => {
      const number = 40 - index;
      return version(number, number === 1 ? null : Math.max(1, number - 1 - ((number * 7) % 5)), {
        isActive: number === 22,
      });
    });
    const { rows } = layLineage(versions);
    rows.forEach((row, index) => {
      const leaving = row.lines.flatMap((line) => (line.kind === 'through' || line.kind === 'out' ? [line.lane] : []));
      const arriving = (rows[index + 1]?.lines ?? []).flatMap((line) =>
        line.kind === 'through' || line.kind === 'in' || line.kind === 'merge' ? [line.lane] : [],
      );
      expect(arriving.sort()).toEqual(leaving.sort());
    });
  });

  it('has one lane and no rows for a batch without versions', () => {
    expect(layLineage([])).toEqual({ rows: [], lanes: 1 });
  });
});
