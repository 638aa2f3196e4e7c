/** The application menu: the system's own items, and ours, which the page carries out. */
import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import type { Notices } from '../shared/contract.ts';

type Command = Notices['menuChosen']['command'];
type Choose = (command: Command) => void;

const isMac = process.platform === 'darwin';

/**
 * Shown beside the item and not registered: the page answers the key itself, so that Ctrl+Z in a field stays the
 * field's. macOS registers every accelerator that it shows, so there none is given.
 */
const shownOnly = (accelerator: string): MenuItemConstructorOptions =>
  isMac ? {} : { accelerator, registerAccelerator: false };

export function menuTemplate(choose: Choose): MenuItemConstructorOptions[] {
  return [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&File',
      submenu: [
        { label: 'Open workspace…', accelerator: 'CmdOrCtrl+O', click: () => choose('openWorkspace') },
        { label: 'Open the sample workspace', click: () => choose('openSample') },
        { type: 'separator' },
        { role: isMac ? 'close' : 'quit' },
      ],
    },
    {
      label: '&Edit',
      submenu: [
        { label: 'Undo', ...shownOnly('CmdOrCtrl+Z'), click: () => choose('undo') },
        { type: 'separator' },
        ...(isMac ? [{ role: 'undo' } as const, { role: 'redo' } as const, { type: 'separator' } as const] : []),
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
      ],
    },
    {
      label: '&View',
      submenu: [
        { label: 'Command palette…', ...shownOnly('CmdOrCtrl+K'), click: () => choose('showPalette') },
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...(app.isPackaged ? [] : [{ role: 'reload' } as const, { role: 'toggleDevTools' } as const]),
      ],
    },
    ...(isMac ? [{ role: 'windowMenu' } as const] : []),
    { label: '&Help', role: 'help', submenu: [{ label: 'Keyboard shortcuts', click: () => choose('showKeys') }] },
  ];
}

export function setMenu(choose: Choose): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(choose)));
}
