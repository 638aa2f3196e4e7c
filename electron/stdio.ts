/** The face for scripts: `node dist/main/stdio.js [--workspace DIR] [--data DIR]`, requests on standard input, answers on standard output. */
import path from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import manifest from '../package.json' with { type: 'json' };
import { parseCommandLine } from './commandLine.ts';
import { chosenDataFolder } from './dataFolder.ts';
import { answerLines } from './ipc/stdioRequests.ts';
import { logProcessFaults, openLog } from './log.ts';
import { startServices } from './services.ts';

/** The process ends within 5 s of its input: what waits for a lock longer than this is given up and answered `locked`. */
const patienceMs = 3_000;
const closingMs = 1_000;

async function stdio(): Promise<void> {
  const commandLine = parseCommandLine(process.argv.slice(2));
  const dataFolder = chosenDataFolder(commandLine.data);
  const log = openLog(dataFolder, { hasConsole: false });
  logProcessFaults(log);
  const shippedSample = path.join(import.meta.dirname, '../../assets/sample');
  const abilities = { kind: 'stdio', version: manifest.version, chooseFolder: null, reveal: null } as const;
  const services = await startServices({ dataFolder, shippedSample, log, abilities, commandLine });
  const underWay = new Set<Promise<void>>();

  let isEnding = false;
  const end = async (code: number): Promise<void> => {
    if (isEnding) return;
    isEnding = true;
    await Promise.race([services.close(), after(closingMs)]).catch((error: unknown) => log.error('Closing', error));
    await Promise.race([Promise.all(underWay), after(closingMs / 2)]);
    process.stdout.write('', () => process.exit(code));
  };
  // The reader is gone: nobody is left to answer, but what is being written is finished.
  process.stdout.on('error', () => void end(0));
  process.on('SIGINT', () => void end(130));
  process.on('SIGTERM', () => void end(143));

  await answerLines({ input: process.stdin, output: process.stdout, dispatch: services.dispatch, underWay });
  await Promise.race([Promise.all(underWay), after(patienceMs)]);
  await end(0);
}

stdio().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(2);
});
