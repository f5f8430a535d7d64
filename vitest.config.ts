import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

// Five projects (CONTRIBUTING.md, "Tests"): unit needs nothing, integration and engine need real engines, load the whole machine to itself, browser Chromium.
const roots = ['packages/*/src', 'apps/*/src', 'scripts', 'test/src', 'bench/src'];
// Not the condition 'import': workers get these conditions, too, and require() of a CommonJS package would then find ES modules.
const source = {
  resolve: { conditions: ['@aegisguard/source'] },
  ssr: { resolve: { conditions: ['@aegisguard/source', 'node'] } },
};
/** Files that have ClickHouse in their own process, where it counts the memory of everything else, too: each gets a process of its own. */
const ENGINE_FILES = [
  'packages/storage/src/**/*.int.test.ts',
  'apps/api/src/normalize/fairness.int.test.ts',
  'apps/api/src/query/logql-two-ways.int.test.ts',
  'apps/api/src/query/traceql-two-ways.int.test.ts',
];

// What tests with engines share: data directories to copy, and a server.
const globalSetup = ['packages/testkit/src/template.ts', 'packages/testkit/src/shared-server.ts'];

/** Minutes each, though short to read, and short is what Vitest leaves for last: it would wait for them alone. Pages and engines in turns, since they wait for different things. */
const LONGEST = [
  'clickhouse/embedded.int',
  'logs/logs.browser',
  'clickhouse/server.int',
  'login.browser',
  'test/src/crash',
  'logs-explorer.browser',
  'metric-rollup.int',
  'settings.browser',
  'demo/src/main.int',
  'demo/src/shop/shop.int',
  'test/src/lifecycle',
  'log-pipelines.browser',
  'clickhouse/process.int',
  'metrics.browser',
  'logs-live.browser',
  'metric-grid.int',
  'dashboards.browser',
  'test/src/servers',
  'recent-samples.int',
  'clickhouse/erasure.int',
  'privacy.browser',
  'test/src/auth.int',
  'send-data.browser',
  'otlp-http.int',
  'account.browser',
];

/** For two processors: a file often waits, for a process that ends, a batch that is stored, a page. */
const ENGINE_FILES_AT_ONCE = 4;

/** Begins with the longest files; then come projects, one after the other, since a process is used again only where the next file is of the same project. The many short files of the largest fill the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const rank = ({ moduleId }: TestSpecification) => LONGEST.findIndex((part) => moduleId.includes(part));
    const longest = sorted.filter((file) => rank(file) >= 0).sort((one, other) => rank(one) - rank(other));
    const others = Map.groupBy(
      sorted.filter((file) => rank(file) < 0),
      ({ project }) => project.name,
    );
    return [...longest, ...[...others.values()].sort((one, other) => one.length - other.length).flat()];
  }
}

/** The default of a second is nothing on a machine that is busy; and a page that is busy must not fail a test. */
const expect = { poll: { timeout: 60_000 } };

/** Engines of the tests, but for ClickHouse in the process. */
const withEngines = {
  globalSetup,
  pool: 'forks' as const,
  maxWorkers: ENGINE_FILES_AT_ONCE,
  testTimeout: 180_000,
  // Several servers may start at once, and the first one of a run starts twice.
  hookTimeout: 300_000,
  expect,
};

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    reporters: ['default'],
    projects: [
      {
        ...source,
        test: {
          name: 'unit',
          // Pure tests may share a process and its modules: a third of the time.
          isolate: false,
          // Left to itself Vitest keeps a processor free, which is half of the time where there are two.
          maxWorkers: '100%',
          include: roots.flatMap((root) => [`${root}/**/*.test.ts`, `${root}/**/*.test.tsx`]),
          exclude: ['**/*.int.test.ts', '**/*.load.test.ts', '**/*.browser.test.ts'],
          // Far above what any needs: properties on a machine that is busy with something else.
          testTimeout: 60_000,
          expect,
        },
      },
      {
        ...source,
        test: {
          ...withEngines,
          name: 'integration',
          include: roots.map((root) => `${root}/**/*.int.test.ts`),
          exclude: ENGINE_FILES,
          // To start a process and to load the same modules once more for each of a hundred files takes minutes of a processor.
          isolate: false,
        },
      },
      {
        ...source,
        test: { ...withEngines, name: 'engine', include: ENGINE_FILES },
      },
      {
        ...source,
        test: {
          name: 'load',
          globalSetup,
          include: roots.map((root) => `${root}/**/*.load.test.ts`),
          pool: 'forks',
          maxWorkers: 1,
          expect,
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      {
        ...source,
        test: {
          ...withEngines,
          name: 'browser',
          include: roots.map((root) => `${root}/**/*.browser.test.ts`),
          isolate: false,
          // What keeps people out of a page is said in full.
          chaiConfig: { truncateThreshold: 0 },
        },
      },
    ],
  },
});
