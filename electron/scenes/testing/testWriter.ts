/** For tests: a process of ours that writes what the lines on its standard input say, and may kill itself between two steps of a write. */
import { createInterface } from 'node:readline';
import { FailureError } from '../../../shared/failure.ts';
import { parseBatchId } from '../../../shared/ids.ts';
import { SceneVersionStore } from '../store/sceneVersionStore.ts';
import { makeScene, type WriterAnswer, type WriterOrder } from './testOrders.ts';

const [scenesFolder = '', dataFolder = '', killAt = '0', deadlineMs = '10000'] = process.argv.slice(2);
let steps = 0;

const store = new SceneVersionStore({
  scenesFolder,
  episode: 1,
  dataFolder,
  author: () => ({ user: `writer-${process.pid}`, host: 'ws-12' }),
  lockTiming: { deadlineMs: Number(deadlineMs) },
  onWaiting: (_, { waitedMs, isOver }) => answer({ id: 0, kind: 'waiting', waitedMs, isOver }),
  steps: (name) => {
    steps += 1;
    if (killAt === 'never') answer({ id: 0, kind: 'step', name });
    // SIGKILL to oneself is delivered before the call returns: nothing runs after it.
    if (steps === Number(killAt)) process.kill(process.pid, 'SIGKILL');
  },
});

function answer(line: WriterAnswer): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

async function carryOut(order: WriterOrder): Promise<{ version: number | null; revision: string }> {
  const batchId = parseBatchId(order.batchId);
  switch (order.kind) {
    case 'append': {
      const { version, revision } = await store.writeSceneCandidate(batchId, makeScene(order.batchId, order.duration));
      return { version, revision };
    }
    case 'conform': {
      const { manifest, revision } = await store.conform(batchId, order.version);
      return { version: manifest.active_version, revision };
    }
    case 'repair': {
      const { manifest, revision } = await store.repair(batchId, order.repair, { confirm: order.confirm });
      return { version: manifest?.active_version ?? null, revision };
    }
  }
}

async function take(order: WriterOrder): Promise<void> {
  const { id } = order;
  try {
    answer({ id, kind: 'done', ...(await carryOut(order)) });
  } catch (error) {
    const code = error instanceof FailureError ? error.code : 'unexpected';
    answer({ id, kind: 'failed', code, message: error instanceof Error ? error.message : String(error) });
  }
}

const input = createInterface({ input: process.stdin });
input.on('line', (line) => {
  if (line === 'quit') {
    // What a host does when its window is closed: give up waiting, let writes end, and end.
    void store.closing().then(() => process.exit(0));
    return;
  }
  const order: WriterOrder = JSON.parse(line);
  void take(order);
});
answer({ id: 0, kind: 'ready' });
