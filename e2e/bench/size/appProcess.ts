/** The built app in its browser host over a workspace, and a Chromium that shows it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { type Browser, chromium, type Page } from '@playwright/test';
import { ended, printed } from '../../host/childLines.ts';
import { sandboxSwitches, systemChromium } from '../../host/system.mjs';

export interface RunningApp {
  readonly page: Page;
  readonly browser: Browser;
  readonly host: ChildProcess;
  readonly stop: () => Promise<void>;
}

/** `npm run` starts at the project's folder. */
const program = 'dist/main/serve.js';
/** The list is on the screen, whole. */
const patienceMs = 180_000;

export const whyNoApp = (): string | null =>
  existsSync(program)
    ? null
    : `${program} is not there: the page is measured in the built app. Run "npm run build" first.`;

export async function startApp(workspace: string, dataFolder: string): Promise<RunningApp> {
  const environment = Object.entries(process.env).filter(([name]) => !name.startsWith('PICTURE_LOCK_'));
  const host = spawn(process.execPath, [program, '--data', dataFolder, '--workspace', workspace], {
    env: Object.fromEntries(environment),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const address = (await printed(host, /http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+/))[0];
  const executablePath = systemChromium();
  const browser = await chromium.launch({
    args: sandboxSwitches(),
    ...(executablePath === undefined ? {} : { executablePath }),
  });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.setDefaultTimeout(patienceMs);
  await page.goto(address);
  return {
    page,
    browser,
    host,
    // The page goes first: a page that loses its host rightly complains.
    stop: async () => {
      await browser.close();
      host.kill('SIGTERM');
      await ended(host);
    },
  };
}

export const untilListed = (page: Page, batches: number): Promise<void> =>
  page
    .getByRole('listbox', { name: 'Filter' })
    .getByRole('option', { name: new RegExp(`^All\\s*${batches.toLocaleString('en')}$`) })
    .waitFor();

export const untilChecked = (page: Page): Promise<void> =>
  page.getByText(/ batches checked$/).waitFor({ state: 'detached' });

/** Bytes of memory that the process holds now, and the most that it ever held; null where the system does not tell. */
export function memoryOf({ pid }: ChildProcess): { readonly now: number; readonly most: number } | null {
  const file = `/proc/${pid}/status`;
  if (!existsSync(file)) return null;
  const status = readFileSync(file, 'utf8');
  const kilobytes = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]);
  return { now: kilobytes('VmRSS') * 1_024, most: kilobytes('VmHWM') * 1_024 };
}
