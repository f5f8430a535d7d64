import { defineConfig } from 'vitest/config';

// Four projects (CONTRIBUTING.md, "Tests"): unit needs nothing, integration needs real engines, load the whole machine to itself, browser Chromium.
const roots = ['packages/*/src', 'apps/*/src', 'scripts', 'test/src', 'bench/src'];
// Not the condition 'import': workers get these conditions, too, and require() of a CommonJS package would then find ES modules.
const source = {
  resolve: { conditions: ['@aegisguard/source'] },
  ssr: { resolve: { conditions: ['@aegisguard/source', 'node'] } },
};

export default defineConfig({
  test: {
    reporters: ['default'],
    projects: [
      {
        ...source,
        test: {
          name: 'unit',
          // Pure tests may share a process and its modules: a third of the time.
          isolate: false,
          include: roots.flatMap((root) => [`${root}/**/*.test.ts`, `${root}/**/*.test.tsx`]),
          exclude: ['**/*.int.test.ts', '**/*.load.test.ts', '**/*.browser.test.ts'],
          // Far above what any needs: properties on a machine that is busy with something else.
          testTimeout: 30_000,
        },
      },
      {
        ...source,
        test: {
          name: 'integration',
          include: roots.map((root) => `${root}/**/*.int.test.ts`),
          pool: 'forks',
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        ...source,
        test: {
          name: 'load',
          include: roots.map((root) => `${root}/**/*.load.test.ts`),
          pool: 'forks',
          maxWorkers: 1,
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
      {
        ...source,
        test: {
          name: 'browser',
          include: roots.map((root) => `${root}/**/*.browser.test.ts`),
          pool: 'forks',
          maxWorkers: 2,
          testTimeout: 120_000,
          hookTimeout: 180_000,
          // As long as a page waits for its elements: one that is busy must not fail a test.
          expect: { poll: { timeout: 20_000 } },
        },
      },
    ],
  },
});
