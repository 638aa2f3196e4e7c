/** Finds a scene's title in the first bytes of its body, so that a list of thousands needs no body whole. */
import { stringEnd } from '../../../shared/stringEnd.ts';
import { openContained } from '../disk/containedFile.ts';

/** The pipeline writes the title before the beats; where it stands later the background check brings it. */
export const headBytes = 2048;

/** Null where the head does not show it or the body cannot be opened. */
export async function readTitle(folder: string, name: string): Promise<string | null> {
  const opened = await openContained(folder, name);
  if (opened.kind !== 'open') return null;
  try {
    const { buffer, bytesRead } = await opened.handle.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return titleInHead(buffer.toString('utf8', 0, bytesRead));
  } catch {
    return null;
  } finally {
    await opened.handle.close();
  }
}

/** The text after the key "title" at the scene's own level; null where the head ends before it. */
export function titleInHead(head: string): string | null {
  let depth = 0;
  for (let at = 0; at < head.length; at += 1) {
    const character = head[at];
    if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    else if (character === '"') {
      const end = stringEnd(head, at);
      if (depth === 1 && head.slice(at, end) === '"title"') {
        const value = /^\s*:\s*(?=")/.exec(head.slice(end));
        if (value !== null) return wholeText(head, end + value[0].length);
      }
      at = end - 1;
    }
  }
  return null;
}

function wholeText(head: string, start: number): string | null {
  try {
    const value: unknown = JSON.parse(head.slice(start, stringEnd(head, start)));
    return typeof value === 'string' ? value : null;
  } catch {
    // Cut off by the head's end.
    return null;
  }
}
