/** What only a real Electron can show: quitting under load, one instance, and that pages and strangers are refused. */
import { spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { BatchRef } from '../shared/ids.ts';
import { parseBatchId } from '../shared/ids.ts';
import { batchOnDisk, sha256 } from './host/batchOnDisk.ts';
import { ended } from './host/childLines.ts';
import { type App, expect, test } from './host/fixtures.ts';
import { appToStart, environmentFor } from './host/hostProcess.ts';
import { holdPipelineLock } from './host/pipelineLock.ts';
import { scenesScreen } from './host/scenesScreen.ts';
import { electronProgram, sandboxSwitches } from './host/system.mjs';
import { projectRoot } from './host/temporaryFolders.ts';

/** What the page itself may call; typed here as little as the test needs. */
interface Bridge {
  request(name: string, input: unknown): Promise<{ ok: boolean; failure?: { code: string; message: string } }>;
}
declare global {
  var pictureLock: Bridge | undefined;
  var acknowledge: (batchId: string, version: number, note: string) => void;
}

/** Asks the app to quit and gives the milliseconds until its process was gone. */
async function quit(app: App): Promise<number> {
  const child = app.electron.process();
  const gone = ended(child);
  const start = performance.now();
  // The answer to this may be lost with the process; that it ends is what counts.
  await app.electron.evaluate(({ app: electronApp }) => electronApp.quit()).catch(() => undefined);
  await gone;
  app.forget();
  return performance.now() - start;
}

const batches = ['BATCH_001', 'BATCH_003', 'BATCH_004', 'BATCH_008', 'BATCH_009'] as const;

test('quitting in the middle of many writes loses nothing that was acknowledged', { tag: '@electron' }, async ({
  app,
  window,
  workspace,
}) => {
  await scenesScreen(window).ready();
  const acknowledged: { batchId: string; version: number; note: string }[] = [];
  let enough: () => void = () => undefined;
  const hasEnough = new Promise<void>((resolve) => {
    enough = resolve;
  });
  await window.exposeFunction('acknowledge', (batchId: string, version: number, note: string) => {
    acknowledged.push({ batchId, version, note });
    if (acknowledged.length >= 25) enough();
  });
  // Each batch's pointer goes to and fro for as long as the page lives.
  await window.evaluate((ids) => {
    const bridge = globalThis.pictureLock;
    if (!bridge) throw new Error('no bridge');
    const write = async (batchId: string): Promise<void> => {
      for (let turn = 0; ; turn += 1) {
        const version = 1 + (turn % 2);
        const note = `turn ${turn}`;
        const reply = await bridge.request('conformVersion', {
          project: 'harbor-lights',
          episode: 1,
          batchId,
          version,
          note,
        });
        if (reply.ok) globalThis.acknowledge(batchId, version, note);
        else return;
      }
    };
    for (const id of ids) void write(id);
  }, batches);
  await hasEnough;
  await quit(app);

  expect(acknowledged.length).toBeGreaterThanOrEqual(25);
  for (const batchId of batches) {
    const disk = batchOnDisk(workspace, 'harbor-lights', 1, batchId);
    const manifest = await disk.manifest();
    const ledger = await disk.ledger();
    const notes = new Set(ledger.map((line) => line.note));
    const lost = acknowledged.filter((each) => each.batchId === batchId && !notes.has(each.note));
    // The very first turn may find its version active already, which changes nothing and leaves no line.
    expect(
      lost.filter((each) => each.note !== 'turn 0'),
      batchId,
    ).toEqual([]);
    ledger.forEach((line, index) => {
      expect(line.seq).toBe(index + 1);
    });
    expect(ledger.at(-1)?.revision).toBe(sha256(await readFile(disk.manifestFile)));
    expect(ledger.at(-1)?.to).toBe(manifest.active_version);
    // Every write was ended, not cut off: none left its lock folder or a temp file behind.
    expect((await readdir(disk.folder)).filter((name) => name.startsWith('.') || name.endsWith('.json.lock'))).toEqual(
      [],
    );
  }
});

test('quitting while a decision waits for the pipeline takes at most a second', { tag: '@electron' }, async ({
  app,
  window,
  workspace,
}) => {
  const screen = scenesScreen(window);
  const disk = batchOnDisk(workspace, 'harbor-lights', 1, 'BATCH_003');
  await screen.openBatch('003 INT. FISH MARKET', 'INT. FISH MARKET – DAWN');
  const before = await readFile(disk.manifestFile, 'utf8');
  const lock = await holdPipelineLock(disk.lockFile);
  try {
    await screen.button('Conform v4').click();
    await screen.dialog('Conform v4').getByRole('button', { name: 'Conform v4' }).click();
    await expect(window.getByText(/Locked by the pipeline/).first()).toBeVisible();
    expect(await quit(app)).toBeLessThan(1_000);
    expect(await readFile(disk.manifestFile, 'utf8')).toBe(before);
  } finally {
    await lock.release();
  }
});

test('a second start over the same data folder brings the first window forward and ends', { tag: '@electron' }, async ({
  app,
  window,
  workspace,
}) => {
  await scenesScreen(window).ready();
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  const isShown = () =>
    app.electron.evaluate(({ BrowserWindow }) => {
      const [first, ...others] = BrowserWindow.getAllWindows();
      return { isVisible: first?.isVisible() ?? false, isFocused: first?.isFocused() ?? false, others: others.length };
    });
  await expect.poll(isShown).toMatchObject({ isVisible: false });
  const second = spawn(
    electronProgram() ?? '',
    [...sandboxSwitches(), appToStart, '--data', app.data, '--workspace', workspace],
    { cwd: projectRoot, env: environmentFor('Somebody Else'), stdio: 'ignore' },
  );
  await ended(second);
  expect(second.exitCode).toBe(0);
  await expect.poll(isShown).toEqual({ isVisible: true, isFocused: true, others: 0 });
});

test('the page cannot leave its origin, and new windows are refused', { tag: '@electron' }, async ({ app, window }) => {
  await scenesScreen(window).ready();
  // What would be handed to the system's browser is only noted down here.
  await app.electron.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    shell.openExternal = async (address) => {
      opened.push(address);
    };
  });
  const opened = () => app.electron.evaluate(() => (globalThis as unknown as { opened: string[] }).opened);
  app.mayComplain(/Not allowed to (load local resource: file:|navigate top frame to data URL: data:text\/html)/);
  const home = window.url();
  expect(home).toMatch(/^app:\/\/picture-lock\//);

  for (const address of ['https://example.com/', 'file:///etc/passwd', 'data:text/html,hello', 'app://elsewhere/']) {
    await window.evaluate((to) => {
      const link = document.createElement('a');
      link.href = to;
      document.body.append(link);
      link.click();
      link.remove();
    }, address);
  }
  expect(await window.evaluate(() => globalThis.open('https://example.com/docs') === null)).toBe(true);
  expect(await window.evaluate(() => globalThis.open('http://example.com/') === null)).toBe(true);
  expect(await window.evaluate(() => globalThis.open('file:///etc/passwd') === null)).toBe(true);
  expect(await window.evaluate(() => globalThis.open('app://picture-lock/') === null)).toBe(true);

  expect(window.url()).toBe(home);
  // Playwright's locators wait for a refused navigation to end, so the page is asked itself.
  expect(await window.evaluate(() => document.body.innerText)).toContain('INT. BREAKWATER – DAWN');
  expect(await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  // Only the https address goes out, to the system's own browser.
  expect(await opened()).toEqual(['https://example.com/docs']);
});

test('the page has no Node, and is granted no permission', { tag: '@electron' }, async ({ window }) => {
  await scenesScreen(window).ready();
  expect(
    await window.evaluate(() => ['require', 'process', 'module', 'Buffer'].filter((name) => name in globalThis)),
  ).toEqual([]);
  expect(await window.evaluate(() => Notification.requestPermission())).toBe('denied');
});

test('a stranger’s window with the same preload is refused', { tag: '@electron' }, async ({
  app,
  window,
  workspace,
}) => {
  await scenesScreen(window).ready();
  const ref: BatchRef = {
    project: 'harbor-lights' as BatchRef['project'],
    episode: 1,
    batchId: parseBatchId('BATCH_003'),
  };
  const disk = batchOnDisk(workspace, 'harbor-lights', 1, 'BATCH_003');
  const before = await readFile(disk.manifestFile, 'utf8');
  const preload = path.join(projectRoot, 'dist/preload/preload.cjs');
  for (const address of ['app://picture-lock/index.html', 'data:text/html,a%20stranger']) {
    const reply = await app.electron.evaluate(
      async ({ BrowserWindow }, { preloadFile, input, to }) => {
        const stranger = new BrowserWindow({
          show: false,
          webPreferences: { preload: preloadFile, contextIsolation: true, sandbox: true },
        });
        try {
          await stranger.loadURL(to);
          return await stranger.webContents.executeJavaScript(
            `window.pictureLock.request('conformVersion', ${JSON.stringify(input)})`,
          );
        } finally {
          stranger.destroy();
        }
      },
      { preloadFile: preload, input: { ...ref, version: 4 }, to: address },
    );
    expect(reply, address).toMatchObject({ ok: false, failure: { code: 'invalid' } });
  }
  expect(await readFile(disk.manifestFile, 'utf8')).toBe(before);
  expect(await disk.ledger()).toEqual([]);
});
