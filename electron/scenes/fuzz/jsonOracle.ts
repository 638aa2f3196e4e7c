/** For fuzz tests: a second opinion on JSON, the pipeline's own: Python's json module, in one process that lives as long as the tests of a file. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { afterAll } from 'vitest';

/** A value with nothing lost: keys in their order, also those that stand twice, and numbers as they are written. */
export type Tree =
  | { readonly kind: 'object'; readonly members: readonly (readonly [string, Tree])[] }
  | { readonly kind: 'array'; readonly items: readonly Tree[] }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'word'; readonly text: string };

const program = `
import base64, json, sys
sys.setrecursionlimit(20000)

class Number:
    def __init__(self, text):
        self.text = text

class Pairs:
    def __init__(self, pairs):
        self.pairs = pairs

def refuse(word):
    raise ValueError(word + " is no JSON")

def tree(value, depth=0):
    # Beyond this nesting nobody is expected to read it.
    if depth >= 500 and isinstance(value, (Pairs, list)):
        raise ValueError("too deep")
    if isinstance(value, Pairs):
        return {"kind": "object", "members": [[key, tree(each, depth + 1)] for key, each in value.pairs]}
    if isinstance(value, list):
        return {"kind": "array", "items": [tree(each, depth + 1) for each in value]}
    if isinstance(value, Number):
        return {"kind": "number", "text": value.text}
    if isinstance(value, str):
        return {"kind": "string", "text": value}
    return {"kind": "word", "text": json.dumps(value)}

for line in sys.stdin:
    try:
        data = base64.b64decode(line)
        text = (data[3:] if data[:3] == b"\\xef\\xbb\\xbf" else data).decode("utf-8")
        value = json.loads(text, parse_float=Number, parse_int=Number, parse_constant=refuse, object_pairs_hook=Pairs)
        print(json.dumps({"tree": tree(value)}), flush=True)
    except (ValueError, RecursionError) as error:
        print(json.dumps({"error": str(error)}), flush=True)
`;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** By hand: a schema would run out of stack on what nests deep. */
function treeOf(value: unknown): Tree {
  if (isRecord(value)) {
    const { kind, text, items, members } = value;
    if (kind === 'array' && Array.isArray(items)) return { kind, items: items.map(treeOf) };
    if (kind === 'object' && Array.isArray(members)) return { kind, members: members.map(memberFrom) };
    if ((kind === 'number' || kind === 'string' || kind === 'word') && typeof text === 'string') return { kind, text };
  }
  throw new Error('Python gave no tree.');
}

function memberFrom(value: unknown): readonly [string, Tree] {
  if (Array.isArray(value) && typeof value[0] === 'string') return [value[0], treeOf(value[1])];
  throw new Error('Python gave no member.');
}

export interface JsonOracle {
  /** Null where it is no JSON to the pipeline. */
  read(bytes: Uint8Array): Promise<Tree | null>;
}

/** Ends with the tests of the file. */
export function startOracle(): JsonOracle {
  const child = spawn('python3', ['-c', program], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  afterAll(() => void child.stdin.end());
  let last: Promise<unknown> = Promise.resolve();
  const ask = async (bytes: Uint8Array): Promise<Tree | null> => {
    child.stdin.write(`${Buffer.from(bytes).toString('base64')}\n`);
    const line = await lines.next();
    if (line.done === true) throw new Error('Python ended.');
    const answer: unknown = JSON.parse(line.value);
    return isRecord(answer) && 'tree' in answer ? treeOf(answer.tree) : null;
  };
  return {
    read: (bytes) => {
      const answer = last.then(() => ask(bytes));
      last = answer.catch(() => undefined);
      return answer;
    },
  };
}

/** Of a key that stands twice the last value counts, where the first stood: as in Python, and in JavaScript. */
export function membersOf(tree: Tree): ReadonlyMap<string, Tree> {
  return new Map(tree.kind === 'object' ? tree.members : []);
}

export const memberOf = (tree: Tree | null | undefined, key: string): Tree | undefined =>
  tree ? membersOf(tree).get(key) : undefined;

export const itemsOf = (tree: Tree | undefined): readonly Tree[] => (tree?.kind === 'array' ? tree.items : []);

const isIndex = (key: string): boolean => /^(?:0|[1-9]\d{0,9})$/.test(key) && Number(key) < 2 ** 32 - 1;

/** Sign, digits and power of ten, so that equal values are equal texts. */
function decimal(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return '0';
  const power = BigInt(exponent) - BigInt(fraction.length) + BigInt(digits.length - significant.length);
  return `${sign}${significant}e${power}`;
}

/** The value alone, for what was written anew: `1.0` and `1` are one, keys that look like integers come first. */
export function bareValue(tree: Tree): unknown {
  switch (tree.kind) {
    case 'object': {
      const members = [...membersOf(tree)].map(([key, value]) => [key, bareValue(value)] as const);
      const indices = members.filter(([key]) => isIndex(key)).sort(([a], [b]) => Number(a) - Number(b));
      return { members: [...indices, ...members.filter(([key]) => !isIndex(key))] };
    }
    case 'array':
      return tree.items.map(bareValue);
    case 'number':
      return { number: decimal(tree.text) };
    case 'string':
      return `"${tree.text}`;
    case 'word':
      return tree.text;
  }
}
