/** How the folders of a workspace are kept in view, and what the person chose about it. */

export const watchSettings = ['auto', 'events', 'polling'] as const;

/** `auto`: the system tells of changes, and on a network mount, where it cannot know of them all, the folders are looked at. */
export type WatchSetting = (typeof watchSettings)[number];

export type Watching =
  /** Nothing is open, or this host does not watch. */
  | { readonly kind: 'none' }
  | { readonly kind: 'events' }
  | {
      readonly kind: 'polling';
      readonly everyMs: number;
      readonly because: 'chosen' | 'network' | 'failed';
      /** Where it failed: a sentence that says why and what to do. */
      readonly reason: string | null;
    }
  /** The workspace's folder is gone or cannot be reached; it is looked for. */
  | { readonly kind: 'gone'; readonly reason: string };
