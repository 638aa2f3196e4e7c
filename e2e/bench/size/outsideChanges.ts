/** Changes manifests from another process, as the pipeline replaces them, and measures until the list on the screen shows it. */
import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { z } from 'zod';
import { printed } from '../../host/childLines.ts';
import { atMost, type Figure, inMs, percentile } from './figures.ts';

const changes = 40;
const longestChange = 1_000;

const manifestSchema = z.looseObject({
  active_version: z.number(),
  versions: z.array(z.object({ version: z.number() })),
});

export async function outsideChanges(page: Page, workspace: string): Promise<readonly Figure[]> {
  await page.locator('#batch-tree').evaluate((list) => list.scrollTo(0, 0));
  const rows = page.locator('#batch-tree [role="treeitem"][aria-level="2"]:not([aria-current])');
  await rows.first().waitFor();
  const names = await rows.evaluateAll((all) => all.slice(0, 20).map((row) => row.id));
  const scenesFolder = await firstScenesFolder(page, workspace);
  const times: number[] = [];
  const before = new Map<string, string>();
  try {
    for (let change = 0; change < changes; change += 1) {
      const id = names[change % names.length] ?? '';
      const row = await page.evaluate(rowText, id);
      const file = path.join(scenesFolder.folder, `${scenesFolder.episode}_${row.batch}.versions.json`);
      const text = await readFile(file, 'utf8');
      if (!before.has(file)) before.set(file, text);
      const manifest = manifestSchema.parse(JSON.parse(text));
      const other = manifest.versions.find(({ version }) => version !== manifest.active_version)?.version;
      if (other === undefined) throw new Error(`${file} has one version only.`);
      const measuring = await page.evaluateHandle(untilActive, { id, version: `v${other}` });
      const changedAt = await replaceInOtherProcess(file, text.replace(/("active_version": )\d+/, `$1${other}`));
      times.push((await measuring.evaluate(({ shownAt }) => shownAt)) - changedAt);
    }
  } finally {
    for (const [file, text] of before) await writeFile(file, text);
  }
  const time95 = percentile(times, 0.95);
  return [
    {
      what: 'a change by another process to the list on the screen, 95th percentile',
      measured: inMs(time95),
      beside: `${times.length} changes, median ${inMs(percentile(times, 0.5))}, longest ${inMs(Math.max(...times))}`,
      bar: atMost(time95, longestChange, 'ms'),
    },
  ];
}

async function firstScenesFolder(page: Page, workspace: string) {
  const group = page.locator('#batch-tree [role="treeitem"][aria-level="1"]').first();
  const project = await group.locator('span.clip').innerText();
  const episode = (await group.locator('span.faint').innerText()).replace(/^\/\s*/, '');
  return { folder: path.join(workspace, project, episode, 'scenes'), episode };
}

/** When it stood there, by the clock that the page reads too. */
async function replaceInOtherProcess(file: string, text: string): Promise<number> {
  const program = `
    const fs = require('node:fs');
    const [file, text] = process.argv.slice(1);
    const temp = require('node:path').join(require('node:path').dirname(file), '.bench.tmp');
    fs.writeFileSync(temp, text);
    fs.renameSync(temp, file);
    console.log('at ' + (performance.timeOrigin + performance.now()) + ';');`;
  const child = spawn(process.execPath, ['-e', program, file, text], { stdio: ['ignore', 'pipe', 'pipe'] });
  return Number((await printed(child, /at ([\d.]+);/))[1]);
}

/** In the page. */
function rowText(id: string): { readonly batch: string } {
  const row = document.getElementById(id);
  const batch = /\((BATCH_\d+)\)$/.exec(row?.title ?? '')?.[1];
  if (batch === undefined) throw new Error(`There is no row ${id}.`);
  return { batch };
}

/** In the page: when the row shows that version as the active one. */
function untilActive({ id, version }: { id: string; version: string }): { readonly shownAt: Promise<number> } {
  const shownAt = new Promise<number>((resolve, reject) => {
    setTimeout(() => reject(new Error(`${version} was not shown within 30 s of the change.`)), 30_000);
    const look = (): boolean => {
      if (document.getElementById(id)?.querySelector('.slot-v')?.textContent !== version) return false;
      observer.disconnect();
      requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now()));
      return true;
    };
    const observer = new MutationObserver(look);
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  return { shownAt };
}
