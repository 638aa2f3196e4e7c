import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { socketTransport } from './socketTransport.ts';

let server: WebSocketServer;
let port: number;

/** Answers every request with its own name, but for `listBatches`, which is left without an answer. */
function listen(at: number): Promise<void> {
  server = new WebSocketServer({ host: '127.0.0.1', port: at });
  server.on('connection', (socket) => {
    socket.on('message', (data) => {
      const { id, request } = JSON.parse(String(data));
      if (request !== 'listBatches')
        socket.send(JSON.stringify({ kind: 'reply', id, reply: { ok: true, value: request } }));
    });
  });
  return new Promise((resolve) => server.on('listening', resolve));
}

function hangUp(): Promise<void> {
  for (const socket of server.clients) socket.terminate();
  return new Promise((resolve) => server.close(() => resolve()));
}

/** A page hears nothing of an error but the close; this one would throw it. */
class PageSocket extends WebSocket {
  constructor(address: string) {
    super(address);
    this.on('error', () => undefined);
  }
}

beforeEach(async () => {
  // The page's own; Node 20 has none.
  vi.stubGlobal('WebSocket', PageSocket);
  await listen(0);
  port = (server.address() as AddressInfo).port;
});

afterEach(async () => {
  vi.unstubAllGlobals();
  await hangUp();
});

const open = () => socketTransport(`ws://127.0.0.1:${port}`);

describe("the page's socket", () => {
  it('sends what was asked before it was open', async () => {
    expect(await open().request('describeHost', {})).toEqual({ ok: true, value: 'describeHost' });
  });

  it('passes notices on until the listener leaves', async () => {
    const transport = open();
    const heard: unknown[] = [];
    const leave = transport.onNotice((notice) => heard.push(notice));
    await transport.request('describeHost', {});
    const notice = { notice: 'menuChosen', value: { command: 'undo' } };
    const tell = () => {
      for (const socket of server.clients) socket.send(JSON.stringify({ kind: 'notice', notice }));
    };
    tell();
    await transport.request('describeHost', {});
    leave();
    tell();
    await transport.request('describeHost', {});
    expect(heard).toEqual([notice]);
  });

  it('answers unreachable what was under way when the host went, and never sends it again', async () => {
    const transport = open();
    await transport.request('describeHost', {});
    const lost = transport.request('listBatches', {});
    await vi.waitFor(() => expect(server.clients.size).toBe(1));
    await hangUp();
    expect(await lost).toMatchObject({ ok: false, failure: { code: 'unreachable' } });
    await listen(port);
    const asked: unknown[] = [];
    server.on('connection', (socket) => socket.on('message', (data) => asked.push(JSON.parse(String(data)).request)));
    expect(await transport.request('getSettings', {})).toMatchObject({ ok: true });
    expect(asked).toEqual(['getSettings']);
  });

  it('comes back by itself, and says so', async () => {
    const transport = open();
    const told: boolean[] = [];
    transport.onConnection((isConnected) => told.push(isConnected));
    await vi.waitFor(() => expect(told).toEqual([false, true]));
    await hangUp();
    await vi.waitFor(() => expect(told).toEqual([false, true, false]));
    await listen(port);
    await vi.waitFor(() => expect(told).toEqual([false, true, false, true]), { timeout: 5_000 });
  });
});
