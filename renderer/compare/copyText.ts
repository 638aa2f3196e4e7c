/** Puts text on the clipboard, in hosts that grant the page the clipboard and in those that only know the old way. */

export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

function copyBySelection(text: string): boolean {
  const focused = document.activeElement;
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'u-hidden';
  // Outside of an open dialog nothing keeps the focus, and without it nothing is selected.
  (focused?.closest('[role="dialog"]') ?? document.body).append(area);
  area.focus();
  area.select();
  const isCopied = document.execCommand('copy');
  area.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return isCopied;
}
