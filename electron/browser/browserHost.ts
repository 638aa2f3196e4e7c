/** The browser host: the page and one WebSocket over loopback HTTP, for the person who holds the token. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { socketPath } from '../../shared/socketMessages.ts';
import type { Dispatch } from '../ipc/dispatch.ts';
import { socketServer } from '../ipc/socket.ts';
import type { Log } from '../log.ts';
import type { NoticeBoard } from '../notices.ts';
import { contentSecurityPolicy, freshNonce, pageHeaders, rendererFile } from '../rendererFile.ts';
import { type Admission, browserAdmission } from './browserAdmission.ts';

export interface BrowserHost {
  /** With the token; whoever has it has the app. */
  readonly url: string;
  readonly port: number;
  readonly close: () => Promise<void>;
}

export interface BrowserHostOptions {
  readonly rendererRoot: string;
  /** 0: any free one. */
  readonly port: number;
  readonly dispatch: Dispatch;
  readonly notices: NoticeBoard;
  readonly log: Log;
}

const loopback = '127.0.0.1';

/** Throws a sentence for the person where the port cannot be had. */
export async function startBrowserHost(options: BrowserHostOptions): Promise<BrowserHost> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(portFailure(error, options.port)));
    server.listen(options.port, loopback, () => {
      server.removeAllListeners('error');
      resolve();
    });
  });
  server.on('error', (error) => options.log.error('The browser host', error));
  const { port } = server.address() as AddressInfo;
  const admission = browserAdmission(port);
  const sockets = socketServer(options);

  server.on('request', (request, response) => {
    answer(request, response, admission, options.rendererRoot).catch((error: unknown) => {
      options.log.error('The browser host could not answer', error);
      if (!response.headersSent) refuse(response, 500, 'Picture Lock could not answer; its log says why.');
      else response.destroy();
    });
  });
  server.on('upgrade', (request, socket, head) => {
    // A page that is closed or reloaded breaks off at any moment; nobody at the terminal can do anything about it.
    const brokeOff = (error: Error): void => options.log.info('An upgrade broke off', error);
    socket.on('error', brokeOff);
    const refusal =
      admission.refusal(request, { needsCookie: true, needsOrigin: true }) ??
      (request.url === socketPath ? null : 'There is no socket at this address.');
    if (refusal === null) {
      sockets.handleUpgrade(request, socket, head, (opened) => {
        socket.off('error', brokeOff);
        sockets.emit('connection', opened, request);
      });
      return;
    }
    socket.end(`HTTP/1.1 403 Forbidden\r\ncontent-type: text/plain\r\nconnection: close\r\n\r\n${refusal}\n`);
  });

  return {
    url: `http://${loopback}:${port}/?token=${admission.token}`,
    port,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets.clients) socket.terminate();
        sockets.close();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function portFailure(error: NodeJS.ErrnoException, port: number): Error {
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: 'is in use by another program',
    EACCES: 'may not be used by this account',
  };
  const reason = reasons[error.code ?? ''] ?? `cannot be used (${error.message})`;
  return new Error(`Port ${port} ${reason}. Give another one with --port, or none: then a free one is taken.`, {
    cause: error,
  });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  admission: Admission,
  rendererRoot: string,
): Promise<void> {
  const refusal = admission.refusal(request, { needsCookie: false, needsOrigin: false });
  if (refusal !== null) return refuse(response, 403, refusal);
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405, 'Only GET is answered here.');
  const url = addressOf(request);
  if (url === null) return refuse(response, 400, 'This is no address.');
  if (admission.isToken(url.searchParams.get('token'))) {
    response.writeHead(303, { location: '/', 'set-cookie': admission.setCookie, 'cache-control': 'no-store' }).end();
    return;
  }
  const stranger = admission.refusal(request, { needsCookie: true, needsOrigin: false });
  if (stranger !== null) return refuse(response, 403, stranger);
  const file = await rendererFile(rendererRoot, url);
  response.writeHead(file.status, Object.fromEntries(file.headers));
  if (request.method === 'HEAD' || file.body === null) response.end();
  else Readable.fromWeb(file.body).pipe(response);
}

/** The raw path is parsed against our own base, so that `//other.host/` stays a path of ours and `..` a segment. */
function addressOf(request: IncomingMessage): URL | null {
  try {
    return new URL(`http://${loopback}${request.url ?? '/'}`);
  } catch {
    return null;
  }
}

function refuse(response: ServerResponse, status: number, sentence: string): void {
  const headers = pageHeaders('text/plain; charset=utf-8', contentSecurityPolicy(freshNonce()));
  response.writeHead(status, headers).end(`${sentence}\n`);
}
