/** How many lines a field begins with: one of a single line would take the line breaks of its text out at the first key. */
import { useState } from 'react';

/** Once there were line breaks it stays a field of several lines, or the cursor would be lost with the last of them. */
export function useLines(text: string, lines: number): number {
  const [hadBreaks, setHadBreaks] = useState(false);
  const hasBreaks = hadBreaks || /[\r\n]/.test(text);
  if (hasBreaks && !hadBreaks) setHadBreaks(true);
  return hasBreaks ? Math.max(lines, 2) : lines;
}
