// npm test: every check and every test, on real engines and in a browser. Says what it could not run; ends with the counts.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { installTools } from './debian-tools.ts';
import { QUICK_GATES, runGates, script } from './gates.ts';
import { runTests } from './run-tests.ts';
import { summarize } from './summary.ts';

// Mostly waits for the network, and nothing needs it before the tests with engines.
const tools = installTools();
// The testkit's copies of data directories: what the integration tests have made serves the load tests, too.
const templates = mkdtempSync(join(tmpdir(), 'aegis-test-templates-'));
process.env.AEGIS_TEST_TEMPLATES = templates;
const gates = [
  ...(await runGates(QUICK_GATES, console.log)),
  // The integration and browser tests run the built product.
  ...(await runGates(
    [script('build', 'prepare.mjs'), script('vulnerabilities of dependencies', 'audit-dependencies.ts')],
    console.log,
  )),
];
const unit = await runTests(['unit'], 'minimal');
const unavailable = await tools;
const tests = [
  unit,
  // Pages and engines wait for different things, and the files of both for the same server.
  await runTests(['integration', 'engine', 'browser'], 'default'),
  await runTests(['load'], 'default'),
];
rmSync(templates, { recursive: true, force: true });
const summary = summarize(gates, tests, unavailable);
console.log(`\n${summary.text}`);
process.exitCode = summary.hasFailed ? 1 : 0;
