/** `app://picture-lock/`: the page's address in Electron, answered from the built files, or from Vite while developing. */
import { app, net, protocol } from 'electron';
import { isOwnAddress, scheme } from './origin.ts';
import { contentSecurityPolicy, freshNonce, pageHeaders, rendererFile, withNonce } from './rendererFile.ts';

/** Before `ready`, or the scheme is none. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** After `ready`. */
export function serveApp(rendererRoot: string): void {
  const devServer = app.isPackaged ? undefined : process.env.PICTURE_LOCK_DEV_SERVER;
  protocol.handle(scheme, async (request) => {
    if (!isOwnAddress(request.url)) return new Response('This address is not of Picture Lock.', { status: 404 });
    const url = new URL(request.url);
    return devServer === undefined ? rendererFile(rendererRoot, url) : fromDevServer(devServer, url);
  });
}

/** Only the bytes come from Vite; the page stays at its own origin, so that no check needs an exception. */
async function fromDevServer(devServer: string, url: URL): Promise<Response> {
  const answer = await net.fetch(new URL(url.pathname + url.search, devServer).href);
  const type = answer.headers.get('content-type') ?? 'application/octet-stream';
  const nonce = freshNonce();
  const socket = devServer.replace(/^http/, 'ws');
  const body = type.startsWith('text/html') ? withNonce(await answer.text(), nonce) : await answer.arrayBuffer();
  return new Response(body, {
    status: answer.status,
    headers: pageHeaders(type, contentSecurityPolicy(nonce, socket)),
  });
}
