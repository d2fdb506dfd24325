import { defineConfig, mergeConfig } from 'vitest/config';
import viteConfig from './vite.config.ts';

export default mergeConfig(
  viteConfig,
  defineConfig({
    test: {
      include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'demo/**/*.test.ts'],
      globalSetup: ['test/global-setup.ts'],
      pool: 'forks',
      // The built pages are Node's to load: compiled once more, Svelte refuses its own output.
      server: { deps: { external: [/\/build\//] } },
      maxWorkers: 2,
      testTimeout: 300_000,
      hookTimeout: 300_000,
      reporters: ['default', './test/last-line.ts'],
    },
  }),
);
