/** What travels over the browser host's WebSocket besides a request, `{id, request, input}`. */
import type { Notice } from './contract.ts';
import type { Reply } from './failure.ts';

export type HostMessage =
  | { readonly kind: 'reply'; readonly id: number; readonly reply: Reply<unknown> }
  | { readonly kind: 'notice'; readonly notice: Notice };

/** The path of the upgrade. */
export const socketPath = '/socket';
