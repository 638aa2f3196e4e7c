/** The same specs in two hosts: real Chromium against the browser host, and a real Electron window where one can be opened. */
import { defineConfig } from '@playwright/test';
import type { HostOptions } from './e2e/host/fixtures.ts';
import { sandboxSwitches, systemChromium, whyNoElectron } from './e2e/host/system.mjs';

const executablePath = systemChromium();

export default defineConfig<HostOptions>({
  testDir: 'e2e',
  testMatch: '*.spec.ts',
  outputDir: 'test-results',
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['./e2e/hostReport.ts']],
  use: {
    viewport: { width: 1440, height: 900 },
    colorScheme: 'light',
    locale: 'en-GB',
    trace: 'retain-on-failure',
    launchOptions: { args: sandboxSwitches(), ...(executablePath === undefined ? {} : { executablePath }) },
  },
  // What needs one host only is tagged, so that nothing counts as skipped in the other.
  projects: [
    { name: 'chromium', use: { host: 'browser' }, grepInvert: /@electron/ },
    ...(whyNoElectron() === null
      ? [{ name: 'electron', use: { host: 'electron' as const }, grepInvert: /@chromium/ }]
      : []),
  ],
});
