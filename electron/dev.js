/** `npm run dev`: main and preload built, the page served by Vite with hot reload, Electron at its usual address. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import electronPath from 'electron';
import { createBuilder, createServer } from 'vite';

const home = path.join(import.meta.dirname, '..');
process.chdir(home);

const builder = await createBuilder({ configFile: path.join(home, 'vite.config.ts') });
for (const name of ['main', 'preload']) await builder.build(builder.environments[name]);

const server = await createServer({ configFile: path.join(home, 'vite.config.ts') });
await server.listen();

const child = spawn(electronPath, [home, ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ...process.env, PICTURE_LOCK_DEV_SERVER: 'http://127.0.0.1:5173' },
});
child.on('error', (error) => end(error.message, 1));
child.on('exit', (code) => end(null, code ?? 0));

async function end(sentence, code) {
  if (sentence !== null) process.stderr.write(`${sentence}\n`);
  await server.close();
  process.exit(code);
}
