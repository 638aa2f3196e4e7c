/** Ends the process for good, also where a thread is blocked waiting for a lock. */

/** `process.exit` joins every thread, and one that waits in `flock` returns only when the other side lets go. */
export function endProcess(code: number): void {
  process.exit(code);
}

/** For Electron, whose own exit would join the thread as well. */
export function endBlockedProcess(): void {}
