/** One build of three environments: the page, what main and the other hosts run, and the preload. */
import { builtinModules } from 'node:module';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import manifest from './package.json' with { type: 'json' };

/** Bundled although main uses it: its CommonJS build hides its own parts from whoever bundles or packs. */
const takenIn = ['jsonc-parser'];

/** Left to `require` at run time: Electron, Node's own, and what is packed beside the bundle. */
const leftOut = [
  'electron',
  /^node:/,
  ...builtinModules,
  ...Object.keys(manifest.dependencies)
    .filter((name) => !takenIn.includes(name))
    .map((name) => new RegExp(`^${name}(/|$)`)),
];

export default defineConfig({
  root: 'renderer',
  base: './',
  html: { cspNonce: '__CSP_NONCE__' },
  plugins: [react()],
  server: {
    host: '127.0.0.1',
    port: 5173,
    strictPort: true,
    hmr: { protocol: 'ws', host: '127.0.0.1', clientPort: 5173 },
  },
  builder: {
    async buildApp(builder) {
      for (const name of ['client', 'main', 'preload']) {
        const environment = builder.environments[name];
        if (environment) await builder.build(environment);
      }
    },
  },
  environments: {
    // Nothing is inlined: the page's CSP allows fonts from its own origin only.
    client: { build: { outDir: '../dist/renderer', emptyOutDir: true, target: 'chrome130', assetsInlineLimit: 0 } },
    main: {
      consumer: 'server',
      resolve: { noExternal: takenIn },
      build: {
        outDir: '../dist/main',
        emptyOutDir: true,
        target: 'node20',
        sourcemap: true,
        rolldownOptions: {
          external: leftOut,
          input: {
            main: 'electron/main.ts',
            serve: 'electron/serve.ts',
            stdio: 'electron/stdio.ts',
            flockWorker: 'electron/scenes/lock/flockWorker.ts',
            readingWorker: 'electron/scenes/reading/readingWorker.ts',
          },
          output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
        },
      },
    },
    preload: {
      consumer: 'server',
      build: {
        outDir: '../dist/preload',
        emptyOutDir: true,
        rolldownOptions: {
          input: { preload: 'electron/preload.ts' },
          external: ['electron'],
          output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
        },
      },
    },
  },
});
