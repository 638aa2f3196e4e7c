/** Hands the page's nonce to the libraries that write a style tag (the dialogs' scroll lock); must be imported before them. */

export {};

declare global {
  // The name is the one that get-nonce looks for; no bundler of that name is involved.
  var __webpack_nonce__: string | undefined;
}

globalThis.__webpack_nonce__ = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? '';
