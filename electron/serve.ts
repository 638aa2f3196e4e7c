/** The browser host's process: `node dist/main/serve.js [--data DIR] [--workspace DIR] [--root DIR] [--port N] [--open]`. */
import path from 'node:path';
import manifest from '../package.json' with { type: 'json' };
import { startBrowserHost } from './browser/browserHost.ts';
import { openInBrowser } from './browser/openInBrowser.ts';
import { parseCommandLine } from './commandLine.ts';
import { chosenDataFolder } from './dataFolder.ts';
import { logProcessFaults, openLog } from './log.ts';
import { startServices } from './services.ts';

async function serve(): Promise<void> {
  const commandLine = parseCommandLine(process.argv.slice(2));
  const dataFolder = chosenDataFolder(commandLine.data);
  const log = openLog(dataFolder, { hasConsole: true });
  const shippedSample = path.join(import.meta.dirname, '../../assets/sample');
  const abilities = {
    kind: 'browser',
    version: manifest.version,
    chooseFolder: null,
    chooseBodyFile: null,
    reveal: null,
  } as const;
  const services = await startServices({ dataFolder, shippedSample, log, abilities, commandLine });
  const host = await startBrowserHost({
    rendererRoot: path.join(import.meta.dirname, '../renderer'),
    port: commandLine.port ?? 0,
    dispatch: services.dispatch,
    notices: services.notices,
    log,
  });
  logProcessFaults(log);
  process.stdout.write(`Picture Lock is at ${host.url}\n`);
  if (commandLine.opensBrowser) openInBrowser(host.url, log);

  let isEnding = false;
  const end = async (): Promise<void> => {
    if (isEnding) return;
    isEnding = true;
    await services.close();
    await host.close();
    process.exit(0);
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  process.on('SIGHUP', end);
}

serve().catch((error: unknown) => {
  process.stderr.write(`Picture Lock could not start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(2);
});
