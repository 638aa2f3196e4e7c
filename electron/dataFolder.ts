/** Where the app keeps what is its own: the same folder for every host, Electron's own default for its user data. */
import os from 'node:os';
import path from 'node:path';

const productName = 'Picture Lock';

interface Machine {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const thisMachine = (): Machine => ({ platform: process.platform, home: os.homedir(), environment: process.env });

export function defaultDataFolder(machine: Machine = thisMachine()): string {
  const { platform, home, environment } = machine;
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support', productName);
  if (platform === 'win32') return path.join(environment.APPDATA ?? path.join(home, 'AppData', 'Roaming'), productName);
  return path.join(environment.XDG_CONFIG_HOME || path.join(home, '.config'), productName);
}

export const chosenDataFolder = (named: string | undefined): string =>
  named === undefined ? defaultDataFolder() : path.resolve(named);
