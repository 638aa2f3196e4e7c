/** For fuzz tests: random JSON as trees, laid out as any writer might lay it out, and random damage to the bytes. */
import fc from 'fast-check';
import type { Tree } from './jsonOracle.ts';

const oddNumbers = [
  '0',
  '-0',
  '0.0',
  '-0.0',
  '1.0',
  '1.50',
  '1E5',
  '1e5',
  '100e-2',
  '1e21',
  '1e400',
  '-1e400',
  '1e-400',
  '5e-324',
  '1.7976931348623157e308',
  '0.1234567890123456789',
  '9007199254740991',
  '9007199254740992',
  '9007199254740993',
  '-9007199254740993',
  '100000000000000000000',
  '123456789012345678901234567890.5',
  '1e+00000000000000000000000001',
];

const oddTexts = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  'x\udc00',
  '\u2028',
  '\ufeff',
  '"\\/\b\f\n\r\t',
  '渡辺',
  'Cafe\u0301',
  '🎬',
  '__proto__',
  'BATCH_001',
  '\u001f\u007f',
  '$number',
];

const oddKeys = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '',
  '10',
  '2',
  '-1',
  '007',
  '4294967295',
  '$number',
  '$object',
  'version',
  'versions',
  'active_version',
  'state',
  'beats',
  'é',
  'x\ud800',
  'note',
];

export const numberTree: fc.Arbitrary<Tree> = fc
  .oneof(
    fc.constantFrom(...oddNumbers),
    fc.integer().map(String),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
    fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }).map(String),
  )
  .map((text) => ({ kind: 'number', text }));

export const textTree = (text: string): Tree => ({ kind: 'string', text });
export const numberOf = (value: number): Tree => ({ kind: 'number', text: String(value) });

export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...oddTexts),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
export const anyKey: fc.Arbitrary<string> = fc.oneof(
  { arbitrary: fc.constantFrom(...oddKeys), weight: 2 },
  { arbitrary: fc.string({ maxLength: 6 }), weight: 1 },
);

const wordTree: fc.Arbitrary<Tree> = fc.constantFrom('null', 'true', 'false').map((text) => ({ kind: 'word', text }));

/** Values of any shape out of these leaves. */
const treesOf = (...leaves: readonly fc.Arbitrary<Tree>[]): fc.Arbitrary<Tree> =>
  fc.letrec<{ tree: Tree }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      ...leaves,
      fc.array(tie('tree'), { maxLength: 4 }).map((items): Tree => ({ kind: 'array', items })),
      fc.array(fc.tuple(anyKey, tie('tree')), { maxLength: 4 }).map((members): Tree => ({ kind: 'object', members })),
    ),
  })).tree;

export const anyTree = treesOf(wordTree, numberTree, anyText.map(textTree));

const isLone = (text: string): boolean => /\p{Surrogate}/u.test(text);
const isHeld = (text: string): boolean =>
  /[.eE]/.test(text) ? Number.isFinite(Number(text)) : Number.isSafeInteger(Number(text));

/** What a fingerprint can be made of: no number and no text that is refused. */
export const fitTree = treesOf(
  wordTree,
  numberTree.filter((tree) => tree.kind === 'number' && isHeld(tree.text)),
  anyText.filter((text) => !isLone(text)).map(textTree),
).filter((tree) => !isLone(JSON.stringify(tree)) && !JSON.stringify(tree).includes('\\ud'));

const unknownKey: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'toString', '', '10', '2', '$number', 'é', 'x_review', 'x_pipeline'),
  fc.string({ maxLength: 6 }).map((text) => `x${text}`),
);

/** Unknown fields: names that no schema of ours has. */
export const unknownMembersOf = (values: fc.Arbitrary<Tree>): fc.Arbitrary<readonly (readonly [string, Tree])[]> =>
  fc.uniqueArray(fc.tuple(unknownKey, values), { maxLength: 3, selector: ([key]) => key });

export interface Layout {
  /** Null: all on one line. */
  readonly indent: string | null;
  readonly newline: '\n' | '\r\n' | '\r';
  readonly colon: string;
  readonly blank: string;
  readonly isAscii: boolean;
  readonly hasMark: boolean;
  readonly end: string;
}

const usualLayout: Layout = {
  indent: '  ',
  newline: '\n',
  colon: ': ',
  blank: ' ',
  isAscii: false,
  hasMark: false,
  end: '\n',
};

export const anyLayout: fc.Arbitrary<Layout> = fc.oneof(
  fc.constant(usualLayout),
  fc.record<Layout>({
    indent: fc.constantFrom('  ', '\t', '    ', '', null),
    newline: fc.constantFrom('\n', '\r\n', '\r'),
    colon: fc.constantFrom(': ', ':', ' : ', ':\t', '\n:\n'),
    blank: fc.constantFrom(' ', '', '\t', '  '),
    isAscii: fc.boolean(),
    hasMark: fc.boolean(),
    end: fc.constantFrom('\n', '', '\r\n', ' \n\n'),
  }),
);

function written(tree: Tree, layout: Layout, margin: string): string {
  switch (tree.kind) {
    case 'object':
      return enclosed(
        '{}',
        tree.members.map(
          ([key, value]) => quoted(key, layout) + layout.colon + written(value, layout, inside(layout, margin)),
        ),
        layout,
        margin,
      );
    case 'array':
      return enclosed(
        '[]',
        tree.items.map((item) => written(item, layout, inside(layout, margin))),
        layout,
        margin,
      );
    case 'string':
      return quoted(tree.text, layout);
    default:
      return tree.text;
  }
}

const inside = ({ indent }: Layout, margin: string): string => margin + (indent ?? '');

function enclosed(brackets: string, parts: readonly string[], layout: Layout, margin: string): string {
  const [open = '', close = ''] = brackets;
  if (parts.length === 0) return open + close;
  if (layout.indent === null) return open + parts.join(`,${layout.blank}`) + close;
  const line = layout.newline + inside(layout, margin);
  return `${open}${line}${parts.join(`,${line}`)}${layout.newline}${margin}${close}`;
}

function quoted(text: string, { isAscii }: Layout): string {
  // JSON.stringify writes half a surrogate pair as an escape, which UTF-8 can hold.
  const made = JSON.stringify(text);
  if (!isAscii) return made;
  return made.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

export const textOf = (tree: Tree, layout: Layout): string =>
  `${layout.hasMark ? '\ufeff' : ''}${written(tree, layout, '')}${layout.end}`;

export type Damage = (bytes: Buffer) => Buffer;

const share = fc.double({ min: 0, max: 1, noNaN: true });
const at = (bytes: Buffer, place: number): number => Math.floor(place * bytes.length);

/** What a crash, a foreign program or a bad disk makes of a file. */
export const anyDamage: fc.Arbitrary<Damage> = fc.oneof(
  share.map(
    (place): Damage =>
      (bytes) =>
        bytes.subarray(0, at(bytes, place)),
  ),
  fc.tuple(share, fc.integer({ min: 1, max: 255 })).map(
    ([place, mask]): Damage =>
      (bytes) => {
        const made = Buffer.from(bytes);
        const index = at(bytes, place);
        const old = made[index];
        if (old !== undefined) made[index] = old ^ mask;
        return made;
      },
  ),
  fc
    .tuple(
      share,
      fc.constantFrom([0xff], [0xc3], [0xed, 0xa0, 0x80], [0], [0xef, 0xbb, 0xbf], [0xf4, 0x90, 0x80, 0x80]),
    )
    .map(
      ([place, added]): Damage =>
        (bytes) =>
          Buffer.concat([bytes.subarray(0, at(bytes, place)), Buffer.from(added), bytes.subarray(at(bytes, place))]),
    ),
  fc.tuple(share, share).map(
    ([from, length]): Damage =>
      (bytes) => {
        const start = at(bytes, from);
        return Buffer.concat([bytes.subarray(0, start), bytes.subarray(start + Math.floor(length * 40))]);
      },
  ),
  fc.constant((bytes: Buffer) => Buffer.from(bytes.toString('utf8'), 'utf16le')),
  fc.constant((bytes: Buffer) =>
    Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(bytes.toString('utf8'), 'utf16le')]),
  ),
  fc.constant(() => Buffer.alloc(0)),
  fc.constantFrom(64, 4096).map(
    (size): Damage =>
      () =>
        Buffer.alloc(size),
  ),
  fc.constant((bytes: Buffer) => Buffer.concat([bytes, bytes])),
  fc.uint8Array({ maxLength: 60 }).map(
    (random): Damage =>
      () =>
        Buffer.from(random),
  ),
  fc.constantFrom('[', '{"a":', '[{"beats":').map(
    (open): Damage =>
      () =>
        Buffer.from(open.repeat(2000)),
  ),
  fc.constantFrom(499, 500, 501, 5000).map(
    (depth): Damage =>
      () =>
        Buffer.from('['.repeat(depth) + ']'.repeat(depth)),
  ),
  fc.constant((bytes: Buffer) => Buffer.from(bytes.toString('latin1').replace(/"/g, "'"), 'utf8')),
  fc.constant(() => Buffer.from('{"versions": NaN, "beats": [Infinity]}')),
);

/** Mostly none. */
export const rareDamage: fc.Arbitrary<Damage> = fc.oneof(
  { arbitrary: fc.constant((bytes: Buffer) => bytes), weight: 14 },
  { arbitrary: anyDamage, weight: 1 },
);
