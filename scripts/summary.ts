import { stripVTControlCharacters } from 'node:util';
import type { GateResult } from './gates.ts';
import type { Skipped, TestCounts } from './run-tests.ts';

/** The end of a run. */
export interface Summary {
  readonly text: string;
  readonly hasFailed: boolean;
}

/** Where only the end of the output is kept, what failed must be in it; `runTests` has printed the names of all that was skipped. */
const NAMES_PER_REASON = 3;
/** Characters of what an error says. */
const ERROR_LENGTH_MAX = 300;

/** What was skipped and what failed, and the line of the contract as the last one; a gate counts as a test. */
export function summarize(
  gates: readonly GateResult[],
  tests: readonly TestCounts[],
  unavailable: readonly Skipped[],
): Summary {
  const skippedGates = gates.flatMap(({ name, skipped }) => (skipped === undefined ? [] : [{ name, reason: skipped }]));
  const failedGates = gates.filter((gate) => !gate.passed && gate.skipped === undefined);
  const skipped = [...unavailable, ...skippedGates, ...tests.flatMap((counts) => counts.skipped)];
  const failedTests = tests.flatMap((counts) => counts.failed);
  const passed = gates.filter((gate) => gate.passed).length + sum(tests.map((counts) => counts.passed));
  const failed = failedGates.length + failedTests.length;
  const lines = [
    ...[...byReason(skipped)].map(([reason, names]) => `skipped (${reason}): ${firstOf(names)}`),
    ...failedGates.map((gate) => `failed: ${gate.name}`),
    ...failedTests.map(({ name, error }) => `failed: ${name}: ${firstLine(error)}`),
    `${passed} passed, ${failed} failed, ${skipped.length} skipped`,
  ];
  return { text: lines.join('\n'), hasFailed: failed > 0 };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, value) => total + value, 0);
}

function byReason(skipped: readonly Skipped[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { name, reason } of skipped) groups.set(reason, [...(groups.get(reason) ?? []), name]);
  return groups;
}

/** `3: a; b; c`, of more than these the first ones. */
function firstOf(names: readonly string[]): string {
  const rest = names.length > NAMES_PER_REASON ? '; …' : '';
  return `${names.length}: ${names.slice(0, NAMES_PER_REASON).join('; ')}${rest}`;
}

function firstLine(error: string): string {
  const line = stripVTControlCharacters(error).trim().split('\n', 1)[0] ?? '';
  return line.length > ERROR_LENGTH_MAX ? `${line.slice(0, ERROR_LENGTH_MAX)}…` : line;
}
