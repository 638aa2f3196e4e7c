/** The browser host's transport: requests and notices over one WebSocket for each page, after the upgrade was admitted. */
import { WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import type { HostMessage } from '../../shared/socketMessages.ts';
import type { Log } from '../log.ts';
import type { NoticeBoard } from '../notices.ts';
import type { Dispatch } from './dispatch.ts';

/** A scene of thousands of beats is some megabytes; what is larger than this is no request of ours. */
const largestMessage = 64 * 1_048_576;

const messageSchema = z.object({ id: z.number(), request: z.unknown(), input: z.unknown() });

export function socketServer(services: { dispatch: Dispatch; notices: NoticeBoard; log: Log }): WebSocketServer {
  const server = new WebSocketServer({ noServer: true, maxPayload: largestMessage, perMessageDeflate: false });

  server.on('connection', (socket) => {
    const send = (message: HostMessage): void => {
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
    };
    const stop = services.notices.onNotice((notice) => send({ kind: 'notice', notice }));
    socket.on('close', stop);
    socket.on('error', (error) => services.log.warn('A page sent what no page of ours sends', error));
    socket.on('message', async (data) => {
      const message = messageSchema.safeParse(parseOrUndefined(String(data)));
      if (!message.success) {
        socket.close(1008, 'A message is {"id", "request", "input"}.');
        return;
      }
      const { id, request, input } = message.data;
      send({ kind: 'reply', id, reply: await services.dispatch(request, input) });
    });
  });
  return server;
}

function parseOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
