/** Starts Playwright, under a display of its own where Electron is here and no display is; words after it are Playwright's. */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { electronProgram, hasDisplay, hasProgram } from './host/system.mjs';

const require = createRequire(import.meta.url);
const playwright = path.join(path.dirname(require.resolve('@playwright/test/package.json')), 'cli.js');
const words = [process.execPath, playwright, 'test', ...process.argv.slice(2)];
const needsDisplay = electronProgram() !== null && !hasDisplay() && hasProgram('xvfb-run');
const [program, ...rest] = needsDisplay ? ['xvfb-run', '-a', '-s', '-screen 0 1600x1000x24', ...words] : words;
const { status, error } = spawnSync(String(program), rest, { stdio: 'inherit' });
if (error) process.stderr.write(`${error.message}\n`);
process.exitCode = status ?? 1;
