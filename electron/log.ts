/** The host's log: one file in the data folder, the console only where nobody reads standard output as data. */
import type { EventEmitter } from 'node:events';
import path from 'node:path';
import electronLog from 'electron-log/node';

export interface Log {
  error(message: string, ...details: readonly unknown[]): void;
  warn(message: string, ...details: readonly unknown[]): void;
  info(message: string, ...details: readonly unknown[]): void;
}

/** Rotates at 1 MB, so that a fault that repeats cannot fill the disk. */
const maxSize = 1_048_576;

export function openLog(dataFolder: string, options: { readonly hasConsole: boolean }): Log {
  const log = electronLog.create({ logId: 'picture-lock' });
  log.transports.file.resolvePathFn = () => path.join(dataFolder, 'logs', 'picture-lock.log');
  log.transports.file.maxSize = maxSize;
  log.transports.console.level = options.hasConsole ? 'warn' : false;
  return log;
}

/**
 * Faults that nothing caught are logged and the process goes on: every write is whole or absent, so going on is safe,
 * while ending would take the person's window away. A listener also keeps Electron from showing its modal dialog.
 */
export function logProcessFaults(log: Log, source: EventEmitter = process): void {
  source.on('uncaughtException', (error) => log.error('A fault that nothing caught', error));
  source.on('unhandledRejection', (reason) => log.error('A promise that nothing waited for failed', reason));
}
