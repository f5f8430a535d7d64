import process from 'node:process';
import { startVitest, type TestCase, type TestModule } from 'vitest/node';

/** A test that did not run, and why. */
export interface Skipped {
  readonly name: string;
  readonly reason: string;
}

/** A test, a hook or a file that failed, and what it said. */
export interface Failed {
  readonly name: string;
  readonly error: string;
}

/** How the tests of a project went. */
export interface TestCounts {
  readonly passed: number;
  readonly failed: readonly Failed[];
  readonly skipped: readonly Skipped[];
}

/** The projects of vitest.config.ts. */
export type TestProject = 'unit' | 'integration' | 'engine' | 'load' | 'browser';

/** Runs vitest projects, their files side by side, in this process and counts. What fails is printed by vitest's own reporter, what is skipped here. */
export async function runTests(projects: readonly TestProject[], reporter: 'default' | 'minimal'): Promise<TestCounts> {
  const vitest = await startVitest('test', [], {
    project: [...projects],
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
    failed: [
      ...tests.flatMap(failedTest),
      ...modules.flatMap(failedOutsideTests),
      ...vitest.state.getUnhandledErrors().map((error) => ({ name: 'outside of the tests', error: textOf(error) })),
    ],
    skipped: skipped.map((test) => ({
      name: nameOf(test),
      reason: reasonOf(test),
    })),
  };
  await vitest.close();
  for (const { name, reason } of counts.skipped) console.log(`↓ ${name} (${reason})`);
  // Vitest sets it; the sum of all is decided by the caller.
  process.exitCode = 0;
  return counts;
}

function failedTest(test: TestCase): Failed[] {
  const { state, errors } = test.result();
  if (state === 'passed' || state === 'skipped') return [];
  return [{ name: nameOf(test), error: errors === undefined ? 'did not end' : textOf(errors[0]) }];
}

function failedOutsideTests(module: TestModule): Failed[] {
  return [module, ...module.children.allSuites()].flatMap((suite) => {
    const [error] = suite.errors();
    if (error === undefined) return [];
    const name = suite.type === 'module' ? module.relativeModuleId : `${module.relativeModuleId} > ${suite.fullName}`;
    return [{ name, error: textOf(error) }];
  });
}

function nameOf(test: TestCase): string {
  return `${test.module.relativeModuleId} > ${test.fullName}`;
}

/** Vitest hands over whatever was thrown, as an object with the same fields. */
function textOf(error: unknown): string {
  const hasMessage = typeof error === 'object' && error !== null && 'message' in error;
  // On one line: the summary has one for each.
  return String(hasMessage ? error.message : error)
    .replaceAll(/\s+/g, ' ')
    .trim();
}

function reasonOf(test: TestCase): string {
  const result = test.result();
  const note = result.state === 'skipped' ? result.note : undefined;
  return note ?? 'no reason given';
}
