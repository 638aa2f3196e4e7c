/** Looks for what the tests need from the system before they start; installs it where that is allowed, else names it in one error. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import process from 'node:process';
import { electronProgram, hasChromium, hasDisplay, hasProgram } from './host/system.mjs';

/** @typedef {{ name: string, why: string, isThere: () => boolean, packages: string[], otherwise?: string }} Need */

/** @type {Need[]} */
const needs = [
  {
    name: 'Chromium',
    why: 'end-to-end tests against the browser host',
    isThere: hasChromium,
    packages: ['chromium'],
    otherwise: 'npx playwright install --with-deps chromium',
  },
  {
    name: 'python3',
    why: 'the pipeline that locks and writes beside us',
    isThere: () => hasProgram('python3'),
    packages: ['python3'],
  },
];
if (process.platform === 'linux') {
  needs.push({
    name: 'strace',
    why: 'tests that kill a writer between two system calls',
    isThere: () => hasProgram('strace'),
    packages: ['strace'],
  });
  // Without Electron's own program there is no window to show.
  if (electronProgram() !== null) {
    needs.push({
      name: 'a display or xvfb-run',
      why: 'end-to-end tests in a real Electron window',
      isThere: () => hasDisplay() || (hasProgram('xvfb-run') && hasProgram('xauth')),
      packages: ['xvfb', 'xauth'],
    });
    needs.push({
      name: "the libraries of Electron's window",
      why: 'end-to-end tests in a real Electron window',
      isThere: () => missingLibraries().length === 0,
      packages: ['libgtk-3-0', 'libnss3', 'libgbm1', 'libasound2', 'libatk-bridge2.0-0', 'libcups2', 'libxss1'],
      otherwise: 'npx playwright install-deps chromium',
    });
  }
}

/** @returns {string[]} */
function missingLibraries() {
  const { stdout } = spawnSync('ldd', [electronProgram() ?? ''], { encoding: 'utf8' });
  return (stdout ?? '').split('\n').filter((line) => line.includes('not found'));
}

const missing = () => needs.filter((need) => !need.isThere());

/** Need by need, since one package that this distribution lacks would keep the others away. @param {Need[]} wanted */
function install(wanted) {
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  /** @param {string[]} words */
  const aptGet = (words) => spawnSync('apt-get', words, { stdio: ['ignore', 'inherit', 'inherit'], env: environment });
  aptGet(['update']);
  for (const { name, packages } of wanted) {
    process.stdout.write(`Installing ${name}: ${packages.join(' ')}\n`);
    aptGet(['install', '-y', '--no-install-recommends', ...packages]);
  }
}

const mayInstall = process.getuid?.() === 0 && existsSync('/etc/debian_version') && hasProgram('apt-get');
if (missing().length > 0 && mayInstall) install(missing());

const left = missing();
if (left.length > 0) {
  const lines = left.map((need) => {
    const ways = [`sudo apt-get install ${need.packages.join(' ')}`, ...(need.otherwise ? [need.otherwise] : [])];
    return `  ${need.name}, for ${need.why}\n    ${ways.join('\n    or: ')}`;
  });
  process.stderr.write(`The tests need what is not installed here:\n${lines.join('\n')}\n`);
  process.exitCode = 1;
}
