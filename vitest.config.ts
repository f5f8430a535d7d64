import { defineConfig } from 'vitest/config';

// Four projects (CONTRIBUTING.md, "Tests"): unit needs nothing, integration needs real engines, load the whole machine to itself, browser Chromium.
const roots = ['packages/*/src', 'apps/*/src', 'scripts', 'test/src', 'bench/src'];
// Not the condition 'import': workers get these conditions, too, and require() of a CommonJS package would then find ES modules.
const source = {
  resolve: { conditions: ['@aegisguard/source'] },
  ssr: { resolve: { conditions: ['@aegisguard/source', 'node'] } },
};
// What tests with engines share: data directories to copy.
const globalSetup = 'packages/testkit/src/template.ts';

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
          globalSetup,
          include: roots.map((root) => `${root}/**/*.int.test.ts`),
          pool: 'forks',
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // The default of a second is nothing on a machine that is busy.
          expect: { poll: { timeout: 20_000 } },
        },
      },
      {
        ...source,
        test: {
          name: 'load',
          globalSetup,
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
          globalSetup,
          include: roots.map((root) => `${root}/**/*.browser.test.ts`),
          pool: 'forks',
          maxWorkers: 2,
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
