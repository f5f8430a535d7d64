// npm run check: every check that needs no server and no browser, in under a minute.
import process from 'node:process';
import { QUICK_GATES, runGates } from './gates.ts';
import { runTests } from './run-tests.ts';
import { summarize } from './summary.ts';

const gates = await runGates(QUICK_GATES, console.log);
const unit = await runTests(['unit'], 'minimal');
const summary = summarize(gates, [unit], []);
console.log(`\n${summary.text}`);
process.exitCode = summary.hasFailed ? 1 : 0;
