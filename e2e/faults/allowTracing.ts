/** Lets a process be traced by one that is no parent of it, which many a workstation forbids unless it is asked for. */
import koffi from 'koffi';

/** Of prctl(2). */
const setTracer = 0x59616d61;
const anybody = 0xffff_ffff_ffff_ffffn;

/** Fails where the kernel does not know the wish; then it need not be made. */
export function allowTracing(): void {
  const prctl = koffi.load('libc.so.6').func('int prctl(int, ulong, ulong, ulong, ulong)');
  prctl(setTracer, anybody, 0, 0, 0);
}
