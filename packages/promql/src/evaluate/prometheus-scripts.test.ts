import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ReferenceMetricReader, suitePath } from '@aegisguard/testkit';
import { describe, expect, it } from 'vitest';
import { SCRIPT_ORG } from '../testing/check-evaluation.ts';
import { type ScriptCase, scriptCases } from '../testing/script-cases.ts';

// Prometheus's own scripts, and ours, which are there without the suites, too.

/** Evaluations of the files together, so that a runner that reads nothing does not pass. */
const SUITE_EVALUATIONS = 417;
const OUR_SCRIPTS = join(import.meta.dirname, '../testing/scripts');
const suite = suitePath('prometheus-promqltest', 'operators.test');

function casesOf(path: string): ScriptCase[] {
  return scriptCases(
    readFileSync(path, 'utf8'),
    (series) => new ReferenceMetricReader(new Map([[SCRIPT_ORG, { series }]])),
  );
}

function filesIn(directory: string): string[] {
  return readdirSync(directory)
    .filter((name) => name.endsWith('.test'))
    .map((name) => join(directory, name));
}

describe.each(filesIn(OUR_SCRIPTS))('%s', (path) => {
  it.each(casesOf(path).map((one) => [one.line, one.query, one] as const))('%d: %s', async (_line, _query, one) => {
    await expect(one.run()).resolves.toBeUndefined();
  });
});

describe.skipIf(suite === undefined)('the scripts of Prometheus (skipped where the suite is absent)', () => {
  const cases = suite === undefined ? [] : filesIn(dirname(suite)).flatMap(casesOf);

  it(`are ${SUITE_EVALUATIONS} evaluations`, () => {
    expect(cases).toHaveLength(SUITE_EVALUATIONS);
  });

  it.each(cases.map((one) => [one.line, one.query, one] as const))('%d: %s', async (_line, _query, one) => {
    await expect(one.run()).resolves.toBeUndefined();
  });
});
