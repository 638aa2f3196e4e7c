/** JSONPath texts (RFC 9535) that name a place inside a document: `$.beats[0].shot.duration_s`, `$['odd key']`. */

const simpleName = /^[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*$/;
const surrogate = /[\ud800-\udfff]/;

function quoted(key: string): string {
  // JSON's own escapes are RFC 9535's too, lone surrogates included; only the quote differs.
  const inner = JSON.stringify(key).slice(1, -1).replace(/\\"/g, '"').replace(/'/g, "\\'");
  return `['${inner}']`;
}

export const atKey = (path: string, key: string): string =>
  simpleName.test(key) && !surrogate.test(key) ? `${path}.${key}` : `${path}${quoted(key)}`;

export const atIndex = (path: string, index: number): string => `${path}[${index}]`;
