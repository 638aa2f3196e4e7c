/** What every spec is given: a window of the running app, its workspace, and the promise that the console said nothing. */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import {
  type BrowserContextOptions,
  test as base,
  type ElectronApplication,
  expect,
  type Page,
} from '@playwright/test';
import { consoleWatch } from './consoleWatch.ts';
import { type RunningHost, startElectron, startInBrowser } from './hostProcess.ts';
import { copyWorkspace, type FixtureProject, freshFolder } from './temporaryFolders.ts';

export interface HostOptions {
  host: 'browser' | 'electron';
  /** Null: no workspace at all, as at the first start. */
  projects: readonly FixtureProject[] | null;
}

export interface App {
  readonly page: Page;
  /** Throws in the browser host; specs that ask for it are tagged `@electron`. */
  readonly electron: ElectronApplication;
  readonly data: string;
  /** Ends the host and starts it again over the same folders. */
  restart(): Promise<Page>;
  /** The same after the host was killed; the page of then may complain that its host is gone. */
  killAndRestart(): Promise<Page>;
  /** For a test that provokes the browser itself: its own words about that are no complaint of the page. */
  mayComplain(words: RegExp): void;
  /** For a test that ended the host itself. */
  forget(): void;
}

interface Fixtures {
  folder: string;
  /** The opened workspace's path; the data folder's sample where there was none. */
  workspace: string;
  app: App;
  window: Page;
}

/** Who sits at the app in the tests. */
export const appUser = 'Ana Ruiz';

export const test = base.extend<Fixtures & HostOptions>({
  host: ['browser', { option: true }],
  projects: [['harbor-lights'], { option: true }],

  folder: async ({}, use) => {
    const folder = await freshFolder();
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },

  workspace: async ({ folder, projects }, use) => {
    await use(projects === null ? path.join(folder, 'data/sample') : await copyWorkspace(folder, projects));
  },

  app: async ({ browser, host, folder, workspace, projects, viewport, colorScheme, locale }, use) => {
    const data = path.join(folder, 'data');
    const console = consoleWatch();
    const provoked: RegExp[] = [];
    const contextOptions: BrowserContextOptions = {
      viewport,
      ...(colorScheme === undefined ? {} : { colorScheme }),
      ...(locale === undefined ? {} : { locale }),
      // Nothing is measured or pictured half faded in.
      reducedMotion: 'reduce',
    };
    const start = (): Promise<RunningHost> => {
      const options = { data, workspace: projects === null ? null : workspace, user: appUser };
      return host === 'electron'
        ? startElectron(options, console)
        : startInBrowser(browser, contextOptions, options, console);
    };
    let running: RunningHost | null = await start();
    const current = (): RunningHost => {
      if (running === null) throw new Error('The app was ended.');
      return running;
    };
    await use({
      get page() {
        return current().page;
      },
      get electron() {
        const { electron } = current();
        if (electron === null) throw new Error('There is no Electron in the browser host; tag the test @electron.');
        return electron;
      },
      data,
      restart: async () => {
        await current().stop();
        running = await start();
        return running.page;
      },
      killAndRestart: async () => {
        provoked.push(/WebSocket connection to|ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE|the page crashed/);
        await current().kill();
        running = await start();
        return running.page;
      },
      mayComplain: (words) => provoked.push(words),
      forget: () => {
        running = null;
      },
    });
    await running?.stop();
    const complaints = console.complaints.filter((each) => !provoked.some((words) => words.test(each)));
    expect(complaints, 'the console said nothing').toEqual([]);
  },

  window: async ({ app }, use) => {
    await use(app.page);
  },
});

export { expect };
