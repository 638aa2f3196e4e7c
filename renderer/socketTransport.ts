/** The browser host's transport: one WebSocket to the host that served the page, opened again whenever it is lost. */
import type { Notice, RequestName, Transport } from '../shared/contract.ts';
import type { Reply } from '../shared/failure.ts';
import type { HostMessage } from '../shared/socketMessages.ts';

const firstDelayMs = 250;
const longestDelayMs = 5_000;
const patienceMs = 10_000;

const unreachable = (message: string): Reply<unknown> => ({ ok: false, failure: { code: 'unreachable', message } });

const neverSent = () =>
  unreachable('Picture Lock cannot be reached: start it again in its terminal and open the address that it prints.');
const lostMeanwhile = () =>
  unreachable(
    'The connection to Picture Lock was lost before it answered, so the change may or may not have been made. Look at the batch before you repeat it.',
  );

interface Pending {
  readonly text: string;
  readonly answer: (reply: Reply<unknown>) => void;
  isSent: boolean;
}

export function socketTransport(address: string = socketAddress()): Transport {
  const pending = new Map<number, Pending>();
  const noticeListeners = new Set<(notice: Notice) => void>();
  const connectionListeners = new Set<(isConnected: boolean) => void>();
  let socket: WebSocket | null = null;
  let isConnected = false;
  let delayMs = firstDelayMs;
  let lastId = 0;

  function tell(next: boolean): void {
    if (next === isConnected) return;
    isConnected = next;
    for (const listener of connectionListeners) listener(next);
  }

  function settle(id: number, reply: Reply<unknown>): void {
    const waiting = pending.get(id);
    pending.delete(id);
    waiting?.answer(reply);
  }

  function send(waiting: Pending): void {
    if (socket === null || !isConnected || waiting.isSent) return;
    waiting.isSent = true;
    socket.send(waiting.text);
  }

  function connect(): void {
    const opened = new WebSocket(address);
    socket = opened;
    opened.addEventListener('open', () => {
      delayMs = firstDelayMs;
      tell(true);
      for (const waiting of pending.values()) send(waiting);
    });
    opened.addEventListener('message', (event: MessageEvent<string>) => {
      const message = JSON.parse(event.data) as HostMessage;
      if (message.kind === 'reply') settle(message.id, message.reply);
      else for (const listener of noticeListeners) listener(message.notice);
    });
    opened.addEventListener('close', () => {
      socket = null;
      tell(false);
      // What was sent is never sent again by itself: a decision must not be made twice.
      for (const [id, waiting] of pending) if (waiting.isSent) settle(id, lostMeanwhile());
      setTimeout(connect, delayMs);
      delayMs = Math.min(delayMs * 2, longestDelayMs);
    });
  }

  connect();

  return {
    request(name: RequestName, input: unknown) {
      return new Promise<Reply<unknown>>((answer) => {
        lastId += 1;
        const id = lastId;
        const waiting: Pending = { text: JSON.stringify({ id, request: name, input }), answer, isSent: false };
        pending.set(id, waiting);
        send(waiting);
        // A request that never left is given up; one that did may rightly wait long, for a lock or a listing.
        if (!waiting.isSent) {
          setTimeout(() => {
            if (!waiting.isSent) settle(id, neverSent());
          }, patienceMs);
        }
      });
    },
    onNotice(listener) {
      noticeListeners.add(listener);
      return () => noticeListeners.delete(listener);
    },
    onConnection(listener) {
      connectionListeners.add(listener);
      listener(isConnected);
      return () => connectionListeners.delete(listener);
    },
  };
}

function socketAddress(): string {
  const address = new URL('/socket', window.location.href);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  return address.href;
}
