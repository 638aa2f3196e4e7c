/** Bundles the fault harness, its writer and its reader as main is bundled, so that what is tried is what runs. */
import path from 'node:path';
import { defineConfig } from 'vite';

// biome-ignore lint/style/noDefaultExport: Vite takes its configuration from it
export default defineConfig({
  root: import.meta.dirname,
  logLevel: 'warn',
  build: {
    ssr: true,
    outDir: path.join(import.meta.dirname, '../../node_modules/.cache/faults'),
    emptyOutDir: true,
    target: 'node20',
    rolldownOptions: {
      input: {
        run: path.join(import.meta.dirname, 'run.ts'),
        writer: path.join(import.meta.dirname, 'writer.ts'),
        reader: path.join(import.meta.dirname, 'reader.ts'),
        flockWorker: path.join(import.meta.dirname, '../../electron/scenes/lock/flockWorker.ts'),
      },
      // The thread that waits for flock is looked for beside the chunk that starts it.
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
});
