/** Unit and integration tests beside the source; apart from vite.config.ts, whose root is the renderer. */
import { defineConfig } from 'vitest/config';

/** They start processes of their own and hold them to a clock, so nothing else may take their processors away. */
const withProcesses = [
  'electron/**/{crash,contention,lockWaits,repairCrash}.test.ts',
  'electron/{stdio,stdioReads,ipc/badInput}.test.ts',
];

const common = { testTimeout: 20_000 };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...common,
          name: 'units',
          include: ['{electron,shared,renderer}/**/*.test.{ts,tsx}'],
          exclude: withProcesses,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...common,
          name: 'processes',
          include: withProcesses,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
