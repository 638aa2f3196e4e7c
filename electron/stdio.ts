/** The face for scripts: `node dist/main/stdio.js [--workspace DIR] [--data DIR]`, requests on standard input, answers on standard output. */
import path from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import manifest from '../package.json' with { type: 'json' };
import { parseCommandLine } from './commandLine.ts';
import { chosenDataFolder } from './dataFolder.ts';
import { answerLines } from './ipc/stdioRequests.ts';
import { logProcessFaults, openLog } from './log.ts';
import { startServices } from './services.ts';

/** After the end of the input, a silence this long means that what is left waits for a lock: the waits are given up and answered `locked`. */
const patienceMs = 3_000;
/** What a signal leaves to writes that are under way. */
const closingMs = 1_000;

async function stdio(): Promise<void> {
  const commandLine = parseCommandLine(process.argv.slice(2));
  const dataFolder = chosenDataFolder(commandLine.data);
  const log = openLog(dataFolder, { hasConsole: false });
  logProcessFaults(log);
  const shippedSample = path.join(import.meta.dirname, '../../assets/sample');
  const abilities = {
    kind: 'stdio',
    version: manifest.version,
    chooseFolder: null,
    chooseBodyFile: null,
    reveal: null,
  } as const;
  const services = await startServices({ dataFolder, shippedSample, log, abilities, commandLine });
  const close = (): Promise<void> => services.close().catch((error: unknown) => log.error('Closing', error));
  const exit = (code: number): void => void process.stdout.write('', () => process.exit(code));

  let isCutOff = false;
  const cutOff = async (code: number): Promise<void> => {
    if (isCutOff) return;
    isCutOff = true;
    await Promise.race([close(), after(closingMs)]);
    exit(code);
  };
  // The reader is gone: nobody is left to answer, but what is being written is finished.
  process.stdout.on('error', () => void cutOff(0));
  process.on('SIGHUP', () => void cutOff(129));
  process.on('SIGINT', () => void cutOff(130));
  process.on('SIGTERM', () => void cutOff(143));

  const lines = answerLines({ input: process.stdin, output: process.stdout, dispatch: services.dispatch });
  await Promise.race([lines.answered, lines.silence(patienceMs)]);
  await close();
  // Never cut short: a check of ten thousand batches that a script asked for takes longer than any patience.
  await lines.answered;
  exit(0);
}

stdio().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(2);
});
