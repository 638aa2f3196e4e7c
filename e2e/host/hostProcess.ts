/** Starts the built app as a person would, in either host, over folders of the test's own. */
import { spawn } from 'node:child_process';
import {
  _electron,
  type Browser,
  type BrowserContextOptions,
  type ElectronApplication,
  type Page,
} from '@playwright/test';
import { ended, printed } from './childLines.ts';
import { type ConsoleWatch, reportViolations } from './consoleWatch.ts';
import { electronProgram, sandboxSwitches } from './system.mjs';
import { projectRoot } from './temporaryFolders.ts';

export interface StartOptions {
  readonly data: string;
  /** Null: the first start, with no workspace. */
  readonly workspace: string | null;
  readonly user: string;
}

export interface RunningHost {
  readonly page: Page;
  /** Null in the browser host. */
  readonly electron: ElectronApplication | null;
  stop(): Promise<void>;
  /** As a crash ends it: at once, with nothing finished. */
  kill(): Promise<void>;
}

/** What this machine's own settings say must not lead a test. */
export function environmentFor(user: string): Record<string, string> {
  const entries = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !entry[0].startsWith('PICTURE_LOCK_'),
  );
  return { ...Object.fromEntries(entries), PICTURE_LOCK_USER: user };
}

const words = ({ data, workspace }: StartOptions): string[] => [
  '--data',
  data,
  ...(workspace === null ? [] : ['--workspace', workspace]),
];

export async function startInBrowser(
  browser: Browser,
  contextOptions: BrowserContextOptions,
  options: StartOptions,
  console: ConsoleWatch,
): Promise<RunningHost> {
  const child = spawn(process.execPath, ['dist/main/serve.js', '--port', '0', ...words(options)], {
    cwd: projectRoot,
    env: environmentFor(options.user),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const address = (await printed(child, /http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+/))[0];
  const context = await browser.newContext(contextOptions);
  await context.addInitScript(reportViolations);
  const page = await context.newPage();
  console.watch(page);
  await page.goto(address);
  return {
    page,
    electron: null,
    // The page goes first: a page that loses its host rightly complains.
    stop: async () => {
      await context.close();
      child.kill('SIGTERM');
      await ended(child);
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended(child);
      await context.close();
    },
  };
}

/** What Electron starts: this folder as it was built, or the archive of a packed app where one is named. */
export const appToStart = process.env.PICTURE_LOCK_E2E_APP ?? '.';

export async function startElectron(options: StartOptions, console: ConsoleWatch): Promise<RunningHost> {
  const executablePath = electronProgram();
  if (executablePath === null) throw new Error("Electron's program is not installed.");
  const electron = await _electron.launch({
    executablePath,
    args: [...sandboxSwitches(), appToStart, ...words(options)],
    cwd: projectRoot,
    env: environmentFor(options.user),
  });
  // The app has one window; what a test opens besides is not the app's to answer for.
  electron.once('window', (page) => console.watch(page));
  const page = await electron.firstWindow();
  await page.evaluate(reportViolations);
  return {
    page,
    electron,
    stop: async () => {
      await electron.close();
    },
    kill: async () => {
      const child = electron.process();
      child.kill('SIGKILL');
      await ended(child);
    },
  };
}
