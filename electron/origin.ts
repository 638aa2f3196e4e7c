/** The page's own origin in Electron, and which addresses lead where. */

export const scheme = 'app';
export const origin = 'app://picture-lock';

/** Compared by parts: the parsed `origin` of an own scheme reads "null" in Node. */
export function isOwnAddress(address: string): boolean {
  const url = parsed(address);
  return (
    url !== null &&
    url.protocol === `${scheme}:` &&
    url.host === 'picture-lock' &&
    url.username === '' &&
    url.password === ''
  );
}

/** What may be opened in the system's browser: https alone, without credentials in it. */
export function externalAddress(address: string): string | null {
  const url = parsed(address);
  if (url === null || url.protocol !== 'https:' || url.username !== '' || url.password !== '') return null;
  return url.href;
}

function parsed(address: string): URL | null {
  try {
    return new URL(address);
  } catch {
    return null;
  }
}
