/** Keys as they are written on the person's keyboard. */

const isMac = /mac/i.test(navigator.platform);

/** `Ctrl` reads `Cmd` on macOS. */
const keyName = (key: string): string => (isMac && key === 'Ctrl' ? 'Cmd' : key);

/** `<Keys of={['Ctrl', 'K']} />`; hidden from screen readers where the control says its shortcut itself. */
export const Keys = ({ of }: { readonly of: readonly string[] }) => (
  <span className="keys">
    {of.map((key) => (
      <kbd key={key}>{keyName(key)}</kbd>
    ))}
  </span>
);
