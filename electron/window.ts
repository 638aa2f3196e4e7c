/** The one window: sandboxed, without Node, in the theme's colour from its first frame, where it stood last time. */
import { BrowserWindow, type BrowserWindowConstructorOptions, dialog, nativeTheme, screen } from 'electron';
import type { Log } from './log.ts';
import { origin } from './origin.ts';
import { readWindowState, smallestSize, type WindowState, writeWindowState } from './windowState.ts';

/** `--bg-chrome` of the page's tokens, so that nothing flashes before the page is drawn. */
const ground = { dark: '#141414', light: '#e9e9e9' } as const;
const settledMs = 400;
const crashLoopMs = 60_000;

export interface WindowFiles {
  readonly preload: string;
  readonly icon: string;
}

export function windowOptions(
  files: WindowFiles,
  state: WindowState,
  isDark: boolean,
): BrowserWindowConstructorOptions {
  return {
    ...(state.place ?? {}),
    width: state.width,
    height: state.height,
    minWidth: smallestSize.width,
    minHeight: smallestSize.height,
    title: 'Picture Lock',
    icon: files.icon,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: isDark ? ground.dark : ground.light,
    webPreferences: {
      preload: files.preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      spellcheck: false,
    },
  };
}

/** After `ready`. */
export function openWindow(options: {
  readonly dataFolder: string;
  readonly files: WindowFiles;
  readonly log: Log;
}): BrowserWindow {
  const { dataFolder, files, log } = options;
  const screens = screen.getAllDisplays().map((display) => display.workArea);
  const state = readWindowState(dataFolder, screens);
  const window = new BrowserWindow(windowOptions(files, state, nativeTheme.shouldUseDarkColors));
  if (state.isMaximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  keepState(window, dataFolder, log);
  reloadAfterCrash(window, log);
  askBeforeLosing(window);
  window.loadURL(`${origin}/`).catch((error: unknown) => log.error('The page could not be loaded', error));
  return window;
}

/** The page holds on to a draft that could not be kept: whoever closes it must hear of it, for no browser asks here. */
function askBeforeLosing(window: BrowserWindow): void {
  window.webContents.on('will-prevent-unload', (event) => {
    const answer = dialog.showMessageBoxSync(window, {
      type: 'warning',
      message: 'The draft is not kept.',
      detail: 'It stands in this window alone, and is lost with it. The editor says why it could not be kept.',
      buttons: ['Go back', 'Close and lose the draft'],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    });
    // Prevented, the unloading goes on.
    if (answer === 1) event.preventDefault();
  });
}

/** A page that dies again within a minute is left as it is: it would die for ever. */
function reloadAfterCrash(window: BrowserWindow, log: Log): void {
  let lastReload = Number.NEGATIVE_INFINITY;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    log.error(`The page's process ended: ${reason}`);
    if (reason === 'clean-exit' || performance.now() - lastReload < crashLoopMs) return;
    lastReload = performance.now();
    window.webContents.reload();
  });
}

function keepState(window: BrowserWindow, dataFolder: string, log: Log): void {
  let timer: NodeJS.Timeout | undefined;
  const write = (): void => {
    clearTimeout(timer);
    if (window.isDestroyed()) return;
    try {
      writeWindowState(dataFolder, window.getNormalBounds(), window.isMaximized());
    } catch (error) {
      log.warn("The window's place was not kept", error);
    }
  };
  const later = (): void => {
    clearTimeout(timer);
    timer = setTimeout(write, settledMs);
  };
  window.on('resize', later);
  window.on('move', later);
  window.on('maximize', later);
  window.on('unmaximize', later);
  window.on('close', write);
}

export function focusWindow(window: BrowserWindow | null): void {
  if (window === null || window.isDestroyed()) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
