/** The only code that touches `window` for a host: typed requests and notices over whichever transport the page was given. */
import type { Input, Notice, NoticeName, Notices, RequestName, Transport, Value } from '../shared/contract.ts';
import { FailureError } from '../shared/failure.ts';
import { socketTransport } from './socketTransport.ts';

declare global {
  interface Window {
    /** Exposed by the preload; absent in the browser host, whose transport is a WebSocket. */
    readonly pictureLock?: Transport;
  }
}

const transport: Transport = window.pictureLock ?? socketTransport();

/** Sends one request; throws the host's failure as a FailureError. */
export async function request<Name extends RequestName>(name: Name, input: Input<Name>): Promise<Value<Name>> {
  const reply = await transport.request(name, input);
  if (reply.ok) return reply.value as Value<Name>;
  throw new FailureError(
    reply.failure.code,
    reply.failure.message,
    reply.failure.details === undefined ? {} : { details: reply.failure.details },
  );
}

/** Whoever follows notices; the transport knows one listener, for Electron warns of a leak where it has eleven. */
const listeners = new Set<(notice: Notice) => void>();
transport.onNotice((notice) => {
  for (const listener of [...listeners]) listener(notice);
});

/** Calls back for one kind of notice until the returned function is called. */
export function onNotice<Name extends NoticeName>(name: Name, listener: (value: Notices[Name]) => void): () => void {
  const listen = (notice: Notice) => {
    if (notice.notice === name) listener(notice.value as Notices[Name]);
  };
  listeners.add(listen);
  return () => void listeners.delete(listen);
}

export const onConnection = (listener: (isConnected: boolean) => void): (() => void) =>
  transport.onConnection(listener);
