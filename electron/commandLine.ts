/** The words that the hosts take on their command lines. */
import { parseArgs } from 'node:util';

export interface CommandLine {
  readonly data: string | undefined;
  readonly workspace: string | undefined;
  readonly roots: readonly string[];
  readonly port: number | undefined;
  readonly opensBrowser: boolean;
}

const options = {
  data: { type: 'string' },
  workspace: { type: 'string' },
  root: { type: 'string', multiple: true },
  port: { type: 'string' },
  open: { type: 'boolean' },
} as const;

const known = '--data DIR, --workspace DIR, --root DIR, --port N, --open';

/** Throws a sentence for the person where a word is unknown or lacks its value. */
export function parseCommandLine(words: readonly string[]): CommandLine {
  const { values } = parsed(words);
  return {
    data: folderOf('--data', values.data),
    workspace: folderOf('--workspace', values.workspace),
    roots: (values.root ?? []).map((root) => folderOf('--root', root)),
    port: values.port === undefined ? undefined : parsePort(values.port),
    opensBrowser: values.open === true,
  };
}

/** Electron's own switches stand between ours, so only ours are looked at and nothing is refused. */
export function parseElectronCommandLine(words: readonly string[]): Pick<CommandLine, 'data' | 'workspace'> {
  return { data: valueAfter(words, '--data'), workspace: valueAfter(words, '--workspace') };
}

function parsed(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options, strict: true, allowPositionals: false });
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/\.?$/, '.') : String(error);
    throw new Error(`${reason} What is known: ${known}.`, { cause: error });
  }
}

/** `--workspace "$SHOW"` with nothing in SHOW must not open whatever folder the shell stands in. */
function folderOf<Named extends string | undefined>(word: string, folder: Named): Named {
  if (folder === '') throw new Error(`${word} names no folder: it is empty. Give a folder, or leave ${word} out.`);
  return folder;
}

function valueAfter(words: readonly string[], name: string): string | undefined {
  const joined = words.find((word) => word.startsWith(`${name}=`));
  const place = words.indexOf(name);
  const value = joined?.slice(name.length + 1) ?? (place === -1 ? undefined : words[place + 1]);
  return value === undefined || value === '' || value.startsWith('--') ? undefined : value;
}

function parsePort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new Error(`--port takes a number from 0 to 65535, not "${text}".`);
}
