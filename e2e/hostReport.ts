/** Says at the end how many specs ran in which host, and why one had to be left out. */
import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';
import { whyNoElectron } from './host/system.mjs';

interface Tally {
  ran: number;
  failed: number;
  skipped: number;
}

class HostReport implements Reporter {
  readonly #tallies = new Map<string, Tally>();

  onTestEnd(test: TestCase, result: TestResult): void {
    const project = test.parent.project()?.name ?? 'unknown';
    const tally = this.#tallies.get(project) ?? { ran: 0, failed: 0, skipped: 0 };
    this.#tallies.set(project, tally);
    if (result.status === 'skipped') tally.skipped += 1;
    else if (result.retry === 0) tally.ran += 1;
    if (test.outcome() === 'unexpected') tally.failed += 1;
  }

  onEnd(): void {
    const of = (project: string): Tally => this.#tallies.get(project) ?? { ran: 0, failed: 0, skipped: 0 };
    const [chromium, electron] = [of('chromium'), of('electron')];
    const skipped = chromium.skipped + electron.skipped;
    const failed = chromium.failed + electron.failed;
    process.stdout.write(
      `\nEnd-to-end: ${chromium.ran} ran in Chromium, ${electron.ran} ran in Electron, ${failed} failed, ${skipped} skipped.\n`,
    );
    const reason = whyNoElectron();
    if (reason !== null) process.stdout.write(`Electron was left out: ${reason}.\n`);
  }
}

// Playwright loads a reporter by its default export.
// biome-ignore lint/style/noDefaultExport: the loader of reporters asks for it
export default HostReport;
