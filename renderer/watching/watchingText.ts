/** How the folders are watched, as the status bar and the menu say it. */
import type { Watching, WatchSetting } from '../../shared/watching.ts';
import type { GlyphName } from '../ui/Glyph.tsx';

interface WatchingText {
  readonly glyph: GlyphName;
  readonly ink: string;
  /** Before the workspace's path. */
  readonly text: string;
  /** The whole sentence, where there is more to say. */
  readonly title: string | null;
}

const seconds = (milliseconds: number): string => `${Number((milliseconds / 1000).toFixed(1))} s`;

const reasons = { chosen: 'as you chose', network: 'network mount', failed: 'events fail here' } as const;

export function watchingText(watching: Watching): WatchingText {
  switch (watching.kind) {
    case 'none':
      return { glyph: 'check', ink: 's-ok', text: '', title: null };
    case 'events':
      return { glyph: 'check', ink: 's-ok', text: 'Watching', title: null };
    case 'polling':
      return {
        glyph: watching.because === 'failed' ? 'problem' : 'check',
        ink: watching.because === 'failed' ? 's-warn' : 's-ok',
        text: `Looking every ${seconds(watching.everyMs)} (${reasons[watching.because]})`,
        title: watching.reason,
      };
    case 'gone':
      return { glyph: 'problem', ink: 's-bad', text: 'Not there', title: watching.reason };
  }
}

export const watchChoices: readonly { readonly value: WatchSetting; readonly label: string }[] = [
  { value: 'auto', label: 'Noticed as the drive allows' },
  { value: 'events', label: 'Told by the system' },
  { value: 'polling', label: 'Looked for every 2 s' },
];
