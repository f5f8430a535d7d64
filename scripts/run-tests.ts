import process from 'node:process';
import { startVitest, type TestCase, type TestModule } from 'vitest/node';

/** A test that did not run, and why. */
export interface Skipped {
  readonly name: string;
  readonly reason: string;
}

/** How the tests of a project went. */
export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly Skipped[];
}

/** The projects of vitest.config.ts. */
export type TestProject = 'unit' | 'integration' | 'load' | 'browser';

/** Runs one vitest project in this process and counts. What fails is printed by vitest's own reporter. */
export async function runTests(project: TestProject, reporter: 'default' | 'minimal'): Promise<TestCounts> {
  const vitest = await startVitest('test', [], {
    project: [project],
    watch: false,
    passWithNoTests: true,
    reporters: [reporter],
  });
  const modules = vitest.state.getTestModules();
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  const skipped = tests.filter((test) => test.result().state === 'skipped');
  const counts = {
    passed: tests.filter((test) => test.result().state === 'passed').length,
    // A file that cannot be loaded, a hook that throws and an error after the end count as one each.
    failed:
      tests.filter((test) => !['passed', 'skipped'].includes(test.result().state)).length +
      modules.filter(failedOutsideTests).length +
      vitest.state.getUnhandledErrors().length,
    skipped: skipped.map((test) => ({
      name: `${test.module.relativeModuleId} > ${test.fullName}`,
      reason: reasonOf(test),
    })),
  };
  await vitest.close();
  // Vitest sets it; the sum of all is decided by the caller.
  process.exitCode = 0;
  return counts;
}

function failedOutsideTests(module: TestModule): boolean {
  const suites = [...module.children.allSuites()];
  return module.errors().length > 0 || suites.some((suite) => suite.errors().length > 0);
}

function reasonOf(test: TestCase): string {
  const result = test.result();
  const note = result.state === 'skipped' ? result.note : undefined;
  return note ?? 'no reason given';
}
