/** `npm start`: opens Picture Lock in Electron, and where Electron cannot start says why in one line and opens the browser host. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';

const home = path.join(import.meta.dirname, '..');
const words = process.argv.slice(2);
/** A start that ends this soon with an error never showed a window. */
const startMs = 15_000;

buildWhereMissing();
const reason = whyNoElectron();
if (reason === null) startElectron();
else openBrowserHost(reason);

function buildWhereMissing() {
  const parts = ['main/main.js', 'main/serve.js', 'preload/preload.cjs', 'renderer/index.html'];
  if (parts.every((part) => existsSync(path.join(home, 'dist', part)))) return;
  process.stderr.write('Building Picture Lock, once…\n');
  const vite = path.join(home, 'node_modules/vite/bin/vite.js');
  const built = spawnSync(process.execPath, [vite, 'build', '--app', '--logLevel', 'warn'], {
    cwd: home,
    stdio: 'inherit',
  });
  if (built.status !== 0) {
    process.stderr.write('Picture Lock could not be built: run `npm ci` first, which installs all that it needs.\n');
    process.exit(1);
  }
}

/** What can be known before Electron is started. */
function whyNoElectron() {
  if (process.platform === 'linux') {
    if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return 'there is no display';
    if (process.getuid?.() === 0 && !words.includes('--no-sandbox')) {
      return 'root cannot run it in its sandbox (`npm start -- --no-sandbox` runs it without)';
    }
  }
  return existsSync(electronPath()) ? null : fetchElectron();
}

/** As the electron package finds it; requiring that package would fetch the binary with many lines of its own. */
function electronPath() {
  const inside =
    { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[process.platform] ?? 'electron';
  return path.join(process.env.ELECTRON_OVERRIDE_DIST_PATH || path.join(electronPackage(), 'dist'), inside);
}

function electronPackage() {
  return path.dirname(createRequire(import.meta.url).resolve('electron/package.json'));
}

/** The package's own installer: npm runs none, so the first start does. Null once the binary is there. */
function fetchElectron() {
  if (process.env.ELECTRON_OVERRIDE_DIST_PATH) return `${electronPath()} is not there`;
  process.stderr.write('Fetching Electron, once…\n');
  const installer = path.join(electronPackage(), 'install.js');
  const { stderr } = spawnSync(process.execPath, [installer], { encoding: 'utf8', timeout: 600_000 });
  if (existsSync(electronPath())) return null;
  return `its binary could not be fetched (${stderr.trim().split('\n')[0] || 'it took too long'})`;
}

function startElectron() {
  const started = Date.now();
  const child = spawn(electronPath(), [home, ...words], { stdio: 'inherit' });
  child.on('error', (error) => openBrowserHost(error.message));
  child.on('exit', (code, signal) => {
    // The app ends itself by SIGKILL where a thread still waits for a lock: all is closed by then.
    if (code === 0 || signal === 'SIGKILL') process.exit(0);
    const isAsked = signal === 'SIGINT' || signal === 'SIGTERM' || signal === 'SIGHUP';
    if (!isAsked && Date.now() - started < startMs) openBrowserHost(`it ended at once (${signal ?? `code ${code}`})`);
    else process.exit(code ?? 1);
  });
  passSignalsTo(child);
}

function openBrowserHost(why) {
  process.stderr.write(`Electron cannot start: ${why}. Picture Lock opens in the browser instead.\n`);
  const passed = words.filter((word) => word !== '--no-sandbox');
  const hasRoot = passed.some((word) => word === '--root' || word.startsWith('--root='));
  // Named here, by the person's own command: without a root no folder but the sample could be chosen.
  const roots = hasRoot ? [] : ['--root', os.homedir()];
  const serve = path.join(home, 'dist/main/serve.js');
  const child = spawn(process.execPath, [serve, ...passed, ...roots, '--open'], { stdio: 'inherit' });
  child.on('error', (error) => {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  });
  child.on('exit', (code) => process.exit(code ?? 0));
  passSignalsTo(child);
}

/** Ctrl+C reaches the child by itself; this process only has to outlive it. */
function passSignalsTo(child) {
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
}
