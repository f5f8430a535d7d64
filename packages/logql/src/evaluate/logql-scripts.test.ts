import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ReferenceLogReader, suitePath } from '@aegisguard/testkit';
import { describe, expect, it } from 'vitest';
import { SCRIPT_ORG } from '../testing/check-evaluation.ts';
import { type ScriptCase, scriptCases } from '../testing/script-cases.ts';

// Loki's own scripts, and ours, which are there without the suites, too.

/** Evaluations in the files that are known, so that a runner that reads nothing does not pass. */
const SUITE_EVALUATIONS_MIN = 70;
const OUR_EVALUATIONS_MIN = 250;
const OUR_SCRIPTS = join(import.meta.dirname, '../testing/scripts');
const known = suitePath('loki-logqltest', 'line_filters.logqltest');

/** The evaluations of a directory's scripts, each with its file and line. */
function casesIn(directory: string): (readonly [where: string, query: string, one: ScriptCase])[] {
  return readdirSync(directory)
    .filter((name) => name.endsWith('.logqltest'))
    .flatMap((name) =>
      scriptCases(
        readFileSync(join(directory, name), 'utf8'),
        (logs) => new ReferenceLogReader(new Map([[SCRIPT_ORG, logs]])),
      ).map((one) => [`${basename(name)}:${one.line}`, one.query, one] as const),
    );
}

describe('our scripts', () => {
  const cases = casesIn(OUR_SCRIPTS);

  it(`are ${OUR_EVALUATIONS_MIN} evaluations and more`, () => {
    expect(cases.length).toBeGreaterThanOrEqual(OUR_EVALUATIONS_MIN);
  });

  it.each(cases)('%s: %s', async (_where, _query, one) => {
    await expect(one.run()).resolves.toBeUndefined();
  });
});

describe.skipIf(known === undefined)('the scripts of Loki (skipped where the suite is absent)', () => {
  const cases = known === undefined ? [] : casesIn(dirname(known));

  it(`are ${SUITE_EVALUATIONS_MIN} evaluations and more`, () => {
    expect(cases.length).toBeGreaterThanOrEqual(SUITE_EVALUATIONS_MIN);
  });

  it.each(cases)('%s: %s', async (_where, _query, one) => {
    await expect(one.run()).resolves.toBeUndefined();
  });
});
