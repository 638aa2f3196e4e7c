/** Collects whatever a page complains about, so that every test can end with "the console said nothing". */
import type { Page } from '@playwright/test';

export interface ConsoleWatch {
  readonly complaints: readonly string[];
  watch(page: Page): void;
}

/** Runs inside the page; what it logs is collected like everything else. */
export function reportViolations(): void {
  document.addEventListener('securitypolicyviolation', (event) => {
    console.error(
      `Content-Security-Policy: ${event.violatedDirective} refused ${event.blockedURI || event.sourceFile}`,
    );
  });
}

export function consoleWatch(): ConsoleWatch {
  const complaints: string[] = [];
  return {
    complaints,
    watch(page) {
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') {
          complaints.push(`${message.type()}: ${message.text()} (${message.location().url})`);
        }
      });
      page.on('pageerror', (error) => complaints.push(`uncaught: ${error.stack ?? error.message}`));
      page.on('crash', () => complaints.push('the page crashed'));
    },
  };
}
