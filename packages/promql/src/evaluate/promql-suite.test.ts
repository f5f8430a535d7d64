import { readFileSync } from 'node:fs';
import { AegisError, type Labels, parseOrgId } from '@aegisguard/model';
import { ReferenceMetricReader, suitePath } from '@aegisguard/testkit';
import { describe, expect, it } from 'vitest';
import { parseQuery } from '../syntax/parse-query.ts';
import { LoadedSeries } from '../testing/load-series.ts';
import { parseScript, type ScriptCommand, type ScriptSeries } from '../testing/parse-script.ts';
import { evaluateQuery } from './evaluate-query.ts';

// Prometheus's own scripts, as far as their queries can be run yet and their expectations are floats. Each instant evaluation is also made as the middle of a range.

type Evaluation = Extract<ScriptCommand, { kind: 'eval' }>;

const ORG = parseOrgId('00000000-0000-7000-8000-00000000000a');
const BOUNDS = { signal: new AbortController().signal, timeoutMs: 30_000 };
/** Of each file, so that a runner that reads nothing does not pass. */
const RUNNABLE_MIN: Readonly<Record<string, number>> = {
  selectors: 20,
  staleness: 5,
  at_modifier: 15,
};

function isRunnable(query: string): boolean {
  try {
    return parseQuery(query) !== undefined;
  } catch (error) {
    if (error instanceof AegisError && error.code === 'query-not-runnable') {
      return false;
    }
    throw error;
  }
}

/** The evaluations of a script with what is loaded by then. */
function runnable(text: string): { evaluation: Evaluation; reader: ReferenceMetricReader }[] {
  let loaded = new LoadedSeries();
  const found: { evaluation: Evaluation; reader: ReferenceMetricReader }[] = [];
  for (const command of parseScript(text)) {
    if (command.kind === 'clear') {
      loaded = new LoadedSeries();
    } else if (command.kind === 'load') {
      loaded.load(command.stepMs, command.series);
    } else if (command.expected !== undefined && isRunnable(command.query)) {
      const reader = new ReferenceMetricReader(new Map([[ORG, { series: loaded.samples() }]]));
      found.push({ evaluation: command, reader });
    }
  }
  return found;
}

/** Points by time in ms, by labels. */
type Points = Record<string, Record<number, number>>;

function keyOf(labels: Labels): string {
  return JSON.stringify(labels);
}

function expectedPoints(series: readonly ScriptSeries[], startMs: number, stepMs: number): Points {
  return Object.fromEntries(
    series.map(({ labels, values }) => {
      const points = values.flatMap((value, index) =>
        typeof value === 'number' ? [[startMs + index * stepMs, value]] : [],
      );
      return [keyOf(labels), Object.fromEntries(points)];
    }),
  );
}

async function actualPoints(
  reader: ReferenceMetricReader,
  query: string,
  window: { startMs: number; endMs: number; stepMs: number },
): Promise<Points> {
  const { series } = await evaluateQuery(reader, ORG, query, window, BOUNDS);
  return Object.fromEntries(
    series.map(({ labels, timestampsMs, values }) => [
      keyOf(labels),
      Object.fromEntries(Array.from(timestampsMs, (ms, index) => [ms, values[index] ?? 0])),
    ]),
  );
}

function expectSame(actual: Points, expected: Points): void {
  expect(Object.keys(actual).sort()).toEqual(Object.keys(expected).sort());
  for (const [key, points] of Object.entries(expected)) {
    expect(Object.keys(actual[key] ?? {}), key).toEqual(Object.keys(points));
    for (const [ms, value] of Object.entries(points)) {
      const found = actual[key]?.[Number(ms)] ?? Number.NaN;
      const isClose = Object.is(found, value) || Math.abs(found - value) <= 1e-6 * (Math.abs(found) + Math.abs(value));
      expect(isClose, `${key} at ${ms}: ${found}, not ${value}`).toBe(true);
    }
  }
}

for (const [name, minimum] of Object.entries(RUNNABLE_MIN)) {
  const path = suitePath('prometheus-promqltest', `${name}.test`);
  describe.skipIf(path === undefined)(`${name}.test (skipped where the suite is absent)`, () => {
    const cases = path === undefined ? [] : runnable(readFileSync(path, 'utf8'));
    it(`has at least ${minimum} evaluations that can be run`, () => {
      expect(cases.length).toBeGreaterThanOrEqual(minimum);
    });
    it.each(cases.map((one) => [one.evaluation.line, one.evaluation.query, one] as const))(
      '%d: %s',
      async (_line, query, { evaluation, reader }) => {
        const { startMs, stepMs, expected = [], isInstant } = evaluation;
        expectSame(await actualPoints(reader, query, evaluation), expectedPoints(expected, startMs, stepMs));
        const isSteady = !/\b(?:start|end)\(\)/.test(query) && !/\]\s*$/.test(query);
        if (isInstant && isSteady) {
          const range = await actualPoints(reader, query, {
            startMs: startMs - 60_000,
            endMs: startMs + 60_000,
            stepMs: 60_000,
          });
          const middle = Object.entries(range).flatMap(([key, points]) =>
            points[startMs] === undefined ? [] : [[key, { [startMs]: points[startMs] }]],
          );
          expectSame(Object.fromEntries(middle), expectedPoints(expected, startMs, stepMs));
        }
      },
    );
  });
}
