/** Where the window stood when it was closed: kept in the data folder, used again where a screen still shows it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';

export const smallestSize = { width: 1024, height: 700 } as const;
const firstSize = { width: 1440, height: 900 } as const;

export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface WindowState {
  /** Null: where the system puts it. */
  readonly place: { readonly x: number; readonly y: number } | null;
  readonly width: number;
  readonly height: number;
  readonly isMaximized: boolean;
}

const stateSchema = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int(),
  height: z.int(),
  isMaximized: z.boolean(),
});

const stateFile = (dataFolder: string): string => path.join(dataFolder, 'window.json');

/** Synchronous, for the window waits for it. What is missing or damaged is simply forgotten: nothing is lost by it. */
export function readWindowState(dataFolder: string, screens: readonly Bounds[]): WindowState {
  const kept = keptState(dataFolder);
  if (kept === null) return { place: null, ...firstSize, isMaximized: false };
  const width = Math.max(kept.width, smallestSize.width);
  const height = Math.max(kept.height, smallestSize.height);
  const bounds = { x: kept.x, y: kept.y, width, height };
  const isVisible = screens.some((screen) => showsTitleBar(screen, bounds));
  return { place: isVisible ? { x: kept.x, y: kept.y } : null, width, height, isMaximized: kept.isMaximized };
}

function keptState(dataFolder: string): z.infer<typeof stateSchema> | null {
  try {
    return stateSchema.parse(JSON.parse(readFileSync(stateFile(dataFolder), 'utf8')));
  } catch {
    return null;
  }
}

/** Enough of the upper edge lies on the screen to take hold of the window. */
function showsTitleBar(screen: Bounds, window: Bounds): boolean {
  const visible = Math.min(screen.x + screen.width, window.x + window.width) - Math.max(screen.x, window.x);
  return visible >= 100 && window.y >= screen.y && window.y < screen.y + screen.height - 40;
}

/** Synchronous: the last one is written while the window closes, and the process does not wait for anything later. */
export function writeWindowState(dataFolder: string, bounds: Bounds, isMaximized: boolean): void {
  writeFileAtomic.sync(stateFile(dataFolder), `${JSON.stringify({ ...bounds, isMaximized })}\n`, { fsync: false });
}
