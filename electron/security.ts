/** What no page may do: leave its origin, open windows, attach webviews, ask for permissions. */
import { app, type Session, type WebContents } from 'electron';
import { externalAddress, isOwnAddress } from './origin.ts';

/** For every web contents that is ever made, before its first page. A throw in here would be a modal dialog: nothing throws. */
export function guardContents(openExternal: (address: string) => void): void {
  app.on('web-contents-created', (_event, contents) => guard(contents, openExternal));
}

function guard(contents: WebContents, openExternal: (address: string) => void): void {
  const staysAtHome = (details: { readonly url: string; preventDefault(): void }): void => {
    if (!isOwnAddress(details.url)) details.preventDefault();
  };
  contents.on('will-navigate', staysAtHome);
  contents.on('will-redirect', staysAtHome);
  contents.on('will-frame-navigate', staysAtHome);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    const address = externalAddress(url);
    if (address !== null) openExternal(address);
    return { action: 'deny' };
  });
}

export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
}
