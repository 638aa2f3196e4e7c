/** One command: what it is called, its keys, whether it can run now, and what it does. Keys, palette and the list of keys read the same. */
import type { GlyphName } from '../ui/Glyph.tsx';
import type { Chord } from './chords.ts';

export type CommandGroup = 'Everywhere' | 'Scenes' | 'Editor' | 'Problems';

export interface Command {
  readonly id: string;
  readonly title: string;
  /** Beside the title in the palette. */
  readonly hint?: string;
  readonly group: CommandGroup;
  readonly glyph: GlyphName;
  readonly chord?: Chord;
  /** The row of the list of keys; commands of one row stand there together. Left out: not in that list. */
  readonly keysRow?: string;
  /** Where a list handles the key itself, so that the same key stays free elsewhere. */
  readonly isHandledInPlace?: boolean;
  /** Acts inside a field too, in place of the field's own key: the editor's undo is that of its fields. */
  readonly isForFields?: boolean;
  /** Null: it can run now. */
  readonly disabledReason: string | null;
  readonly isInPalette: boolean;
  run(): void;
}

export interface KeysRow {
  readonly title: string;
  readonly chords: readonly Chord[];
}

/** The list of keys of one group, in the order of the commands. */
export function keysRows(commands: readonly Command[], group: CommandGroup): readonly KeysRow[] {
  const rows = new Map<string, Chord[]>();
  for (const command of commands) {
    if (command.group !== group || !command.chord || command.keysRow === undefined) continue;
    rows.set(command.keysRow, [...(rows.get(command.keysRow) ?? []), command.chord]);
  }
  return [...rows].map(([title, chords]) => ({ title, chords }));
}
