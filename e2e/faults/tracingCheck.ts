/** Whether a writer can be traced on this machine, which some containers and workstations forbid. */
import { join } from 'node:path';
import { Writer } from './processes.ts';
import { trace } from './tracing.ts';
import type { WorkFolder } from './workFolder.ts';

/** Null where it can. */
export async function whyNoTracing(work: WorkFolder): Promise<string | null> {
  const writer = new Writer({ breaking: null, skewMs: 0 });
  try {
    await writer.ready;
    const tracing = await trace(writer.pid, join(work.path, 'tracing.log'), { isMain: true });
    await tracing.stop();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await writer.end();
  }
}
