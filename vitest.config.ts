/** Unit and integration tests beside the source; apart from vite.config.ts, whose root is the renderer. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{electron,shared,renderer}/**/*.test.{ts,tsx}'],
    testTimeout: 20_000,
  },
});
