/** Bundles the benchmarks as main is bundled, so that what is measured is what runs. */
import path from 'node:path';
import { defineConfig } from 'vite';

// biome-ignore lint/style/noDefaultExport: Vite takes its configuration from it
export default defineConfig({
  root: import.meta.dirname,
  logLevel: 'warn',
  build: {
    ssr: true,
    // Beside neither the sources nor `dist`, which is packed; what is imported from there is still found.
    outDir: path.join(import.meta.dirname, '../../node_modules/.cache/bench'),
    emptyOutDir: true,
    target: 'node20',
    rolldownOptions: {
      input: {
        run: path.join(import.meta.dirname, 'run.ts'),
        readingWorker: path.join(import.meta.dirname, '../../electron/scenes/reading/readingWorker.ts'),
      },
      // Flat, as main's: a thread is found beside the chunk that starts it.
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
});
