/** Finds on this machine what the tests drive: a Chromium, an Electron, a display, programs on the path. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);

/** Where distributions put it; Playwright's own download is looked for afterwards. */
const systemChromiums = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** @returns {string | undefined} the system's own Chromium; undefined: Playwright's is to be used */
export const systemChromium = () => systemChromiums.find((file) => existsSync(file));

/** @returns {boolean} */
export function hasChromium() {
  if (systemChromium() !== undefined) return true;
  const { chromium } = require('@playwright/test');
  return existsSync(chromium.executablePath());
}

/** @param {string} name @returns {boolean} */
export const hasProgram = (name) =>
  (process.env.PATH ?? '').split(path.delimiter).some((folder) => existsSync(path.join(folder, name)));

/** @returns {boolean} macOS and Windows always have one */
export const hasDisplay = () =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY);

/** @returns {string | null} the program that the `electron` package would start; null where its download is not here */
export function electronProgram() {
  const names = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };
  const name = process.platform === 'darwin' || process.platform === 'win32' ? names[process.platform] : 'electron';
  const chosen = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const folder = chosen || path.join(path.dirname(require.resolve('electron/package.json')), 'dist');
  const program = path.join(folder, name);
  return existsSync(program) ? program : null;
}

/** @returns {string | null} why no Electron window can be opened here; null where one can */
export function whyNoElectron() {
  if (electronProgram() === null) {
    return "Electron's program is not installed (run: node node_modules/electron/install.js, or set ELECTRON_OVERRIDE_DIST_PATH)";
  }
  return hasDisplay() ? null : 'there is no display (run under: xvfb-run -a)';
}

/** Chromium refuses its sandbox to root. */
export const sandboxSwitches = () => (process.getuid?.() === 0 ? ['--no-sandbox'] : []);
