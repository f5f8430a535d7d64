import type { GateResult } from './gates.ts';
import type { Skipped, TestCounts } from './run-tests.ts';

/** The end of a run. */
export interface Summary {
  readonly text: string;
  readonly hasFailed: boolean;
}

/** What failed and what was skipped, and the line of the contract as the last one; a gate counts as a test. */
export function summarize(
  gates: readonly GateResult[],
  tests: readonly TestCounts[],
  unavailable: readonly Skipped[],
): Summary {
  const skippedGates = gates.flatMap(({ name, skipped }) => (skipped === undefined ? [] : [{ name, reason: skipped }]));
  const failedGates = gates.filter((gate) => !gate.passed && gate.skipped === undefined);
  const skipped = [...unavailable, ...skippedGates, ...tests.flatMap((counts) => counts.skipped)];
  const passed = gates.filter((gate) => gate.passed).length + sum(tests.map((counts) => counts.passed));
  const failed = failedGates.length + sum(tests.map((counts) => counts.failed));
  const lines = [
    ...failedGates.map((gate) => `failed: ${gate.name}`),
    ...[...byReason(skipped)].map(([reason, names]) => `skipped (${reason}): ${names.join('; ')}`),
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
