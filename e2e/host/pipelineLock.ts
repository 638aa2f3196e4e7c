/** The pipeline's lock, held by a real Python process under `fcntl.flock` until it is let go. */
import { spawn } from 'node:child_process';
import { ended, printed } from './childLines.ts';

const program = `
import fcntl, sys
with open(sys.argv[1], "a+") as lock:
    fcntl.flock(lock, fcntl.LOCK_EX)
    print("held", flush=True)
    sys.stdin.read()
`;

export interface PipelineLock {
  release(): Promise<void>;
}

export async function holdPipelineLock(file: string): Promise<PipelineLock> {
  const child = spawn('python3', ['-c', program, file], { stdio: ['pipe', 'pipe', 'pipe'] });
  await printed(child, /held/);
  return {
    release: async () => {
      child.stdin.end();
      await ended(child);
    },
  };
}
