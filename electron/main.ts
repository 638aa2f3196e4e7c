/** Picture Lock in Electron, composed from top to bottom: data folder, single instance, scheme, services, window, quitting. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { app, type BrowserWindow, dialog, nativeTheme, type OpenDialogOptions, session, shell } from 'electron';
import { registerScheme, serveApp } from './appProtocol.ts';
import { parseElectronCommandLine } from './commandLine.ts';
import { chosenDataFolder } from './dataFolder.ts';
import { registerIpc } from './ipc/register.ts';
import { logProcessFaults, openLog } from './log.ts';
import { setMenu } from './menu.ts';
import { finishBeforeQuit } from './quit.ts';
import { denyPermissions, guardContents } from './security.ts';
import { startServices } from './services.ts';
import { focusWindow, openWindow } from './window.ts';

const commandLine = parseElectronCommandLine(process.argv.slice(1));
const dataFolder = chosenDataFolder(commandLine.data);
/** Beside dist/ in the repository and inside the archive alike; Electron reads both the same way. */
const assets = path.join(import.meta.dirname, '../../assets');
const files = {
  preload: path.join(import.meta.dirname, '../preload/preload.cjs'),
  icon: path.join(assets, 'icons/512x512.png'),
};

const log = openLog(dataFolder, { hasConsole: !app.isPackaged });
logProcessFaults(log);
let window: BrowserWindow | null = null;

if (ownsDataFolder()) {
  registerScheme();
  guardContents(openExternal);
  app.whenReady().then(start).catch(couldNotStart);
} else {
  app.quit();
}

/** The single-instance lock is per data folder, which is set before it is asked for. */
function ownsDataFolder(): boolean {
  try {
    mkdirSync(dataFolder, { recursive: true });
    app.setPath('userData', dataFolder);
    return app.requestSingleInstanceLock();
  } catch (error) {
    couldNotStart(error);
    return false;
  }
}

async function start(): Promise<void> {
  denyPermissions(session.defaultSession);
  serveApp(path.join(import.meta.dirname, '../renderer'));
  const services = await startServices({
    dataFolder,
    shippedSample: path.join(assets, 'sample'),
    log,
    commandLine: { workspace: commandLine.workspace, roots: [] },
    abilities: {
      kind: 'electron',
      version: app.getVersion(),
      chooseFolder,
      chooseBodyFile,
      reveal: (file) => shell.showItemInFolder(file),
    },
  });
  registerIpc({ ...services, window: () => window });
  setMenu((command) => services.notices.notify({ notice: 'menuChosen', value: { command } }));
  nativeTheme.themeSource = services.settings.current().appearance;
  services.notices.onNotice((notice) => {
    if (notice.notice === 'settingsSaved') nativeTheme.themeSource = notice.value.settings.appearance;
  });
  finishBeforeQuit({ close: services.close, log });

  const show = (): void => {
    window = openWindow({ dataFolder, files, log });
    window.once('closed', () => {
      window = null;
    });
  };
  // On macOS the app lives on without a window: a second start has to bring one, as the dock does.
  const bringForward = (): void => (window === null ? show() : focusWindow(window));
  show();
  app.on('activate', bringForward);
  app.on('second-instance', bringForward);
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
}

const chooseFolder = (): Promise<string | null> =>
  choosePath({ title: 'Open workspace', properties: ['openDirectory'] });

const chooseBodyFile = (): Promise<string | null> =>
  choosePath({
    title: 'Import a body',
    properties: ['openFile'],
    filters: [{ name: 'Scene body (JSON)', extensions: ['json'] }],
  });

async function choosePath(options: OpenDialogOptions): Promise<string | null> {
  const { filePaths } = await (window === null
    ? dialog.showOpenDialog(options)
    : dialog.showOpenDialog(window, options));
  return filePaths[0] ?? null;
}

function openExternal(address: string): void {
  shell.openExternal(address).catch((error: unknown) => log.warn(`No program opened ${address}`, error));
}

function couldNotStart(error: unknown): void {
  log.error('Picture Lock could not start', error);
  dialog.showErrorBox('Picture Lock could not start', error instanceof Error ? error.message : String(error));
  app.exit(1);
}
