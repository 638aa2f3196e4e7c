/** For tests: what is said between a test and a writing process, and the scene both write. */
import type { RepairRequest } from '../store/storeOptions.ts';

export type WriterOrder =
  | { readonly id: number; readonly kind: 'append'; readonly batchId: string; readonly duration: number }
  | { readonly id: number; readonly kind: 'conform'; readonly batchId: string; readonly version: number }
  | {
      readonly id: number;
      readonly kind: 'repair';
      readonly batchId: string;
      readonly repair: RepairRequest;
      readonly confirm?: string;
    };

/** `id` is the order's; 0 where the process speaks of its own accord. */
export type WriterAnswer =
  | { readonly id: number; readonly kind: 'ready' }
  | { readonly id: number; readonly kind: 'step'; readonly name: string }
  | { readonly id: number; readonly kind: 'waiting'; readonly waitedMs: number; readonly isOver: boolean }
  | { readonly id: number; readonly kind: 'done'; readonly version: number | null; readonly revision: string }
  | { readonly id: number; readonly kind: 'failed'; readonly code: string; readonly message: string };

export const makeScene = (batchId: string, duration: number) => ({
  schema_version: 1,
  scene_id: batchId,
  episode: 1,
  title: 'Pier at dawn',
  beats: [
    {
      beat_id: 'beat_001',
      summary: 'Mara waits for the ferry.',
      shot: {
        shot_id: 'shot_001',
        duration_s: duration,
        characters: ['MARA'],
        dialogue: [],
        raw: { description: '…' },
      },
    },
  ],
});
