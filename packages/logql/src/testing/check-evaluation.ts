import { AegisError, type LogReader, parseOrgId, unixNanos } from '@aegisguard/model';
import { evaluateMetricQuery, type Matrix, type MatrixSeries } from '../evaluate/evaluate-metric-query.ts';
import { labelSet, labelsKey, printLabels } from '../evaluate/label-set.ts';
import { parseQuery } from '../syntax/parse-query.ts';
import type { EvaluationCommand, ScriptPoint, ScriptSeries } from './script-command.ts';
import { SCRIPT_EPOCH } from './script-logs.ts';

/** The organization whose logs a script loads. */
export const SCRIPT_ORG = parseOrgId('11111111-1111-4111-8111-111111111111');

/** A selector has to say something, as Loki's API asks. */
const AS_LOKI = { allowsAnyStream: false };
const TOLERANCE = 1e-9;
const TIMEOUT_MS = 60_000;
const MINUTE = 60_000_000_000n;
const MILLISECOND = 1_000_000n;

type Window = Pick<EvaluationCommand, 'start' | 'end' | 'step'>;

/** Throws, with what differs, unless the query gives what the script expects. */
export async function checkEvaluation(reader: LogReader, command: EvaluationCommand): Promise<void> {
  const { expected } = command;
  if (expected.kind === 'fail') {
    const message = await failureOf(evaluate(reader, command.query, command));
    if (!expected.matches(message)) {
      throw new Error(`it fails otherwise: ${message}`);
    }
    return;
  }
  compare(await evaluate(reader, command.query, command), command);
}

/** Throws unless an instant query gives the same as the middle of a range: with a minute between its points, or a millisecond where a minute away it fails. */
export async function checkAsMiddle(reader: LogReader, command: EvaluationCommand): Promise<void> {
  const { expected, isInstant, query, start } = command;
  if (!isInstant) {
    return;
  }
  const around = (step: bigint): Window => ({ start: start - step, end: start + step, step });
  if (expected.kind === 'fail') {
    await failureOf(evaluate(reader, query, around(MINUTE)));
    return;
  }
  const matrix = await evaluate(reader, query, around(MINUTE)).catch((error: unknown) => {
    if (error instanceof AegisError && error.code === 'query-not-runnable') {
      return evaluate(reader, query, around(MILLISECOND));
    }
    throw error;
  });
  const time = secondsOf(start);
  const series = matrix.series
    .map(({ labels, points }) => ({ labels, points: points.filter(([at]) => at === time) }))
    .filter(({ points }) => points.length > 0);
  try {
    const unordered = expected.kind === 'series' ? { ...expected, isOrdered: false } : expected;
    compare({ ...matrix, series }, { ...command, expected: unordered });
  } catch (error) {
    throw new Error(`as the middle of a range: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}

async function evaluate(reader: LogReader, text: string, { start, end, step }: Window): Promise<Matrix> {
  const query = parseQuery(text, AS_LOKI);
  if (query.kind === 'log-query') {
    throw new Error('a script asks for numbers');
  }
  const window = { start: unixNanos(SCRIPT_EPOCH + start), end: unixNanos(SCRIPT_EPOCH + end), step };
  const bounds = { signal: new AbortController().signal, timeoutMs: TIMEOUT_MS };
  return evaluateMetricQuery(reader, SCRIPT_ORG, query, window, bounds);
}

async function failureOf(answer: Promise<Matrix>): Promise<string> {
  try {
    await answer;
  } catch (error) {
    if (error instanceof AegisError) {
      return error.detail ?? error.message;
    }
    throw error;
  }
  throw new Error('it does not fail');
}

function compare({ series, isScalar }: Matrix, command: EvaluationCommand): void {
  const { expected, isInstant } = command;
  if (expected.kind === 'scalar') {
    const value = series[0]?.points[0]?.[1];
    if (!isScalar || value === undefined || !nearlyEqual(value, expected.value)) {
      throw new Error(`${value} instead of ${expected.value}`);
    }
  } else if (expected.kind === 'series') {
    if (isScalar && isInstant) {
      throw new Error('it gives a scalar');
    }
    compareSeries(series, expected.series, command, expected.isOrdered);
  }
}

function compareSeries(
  found: readonly MatrixSeries[],
  expected: readonly ScriptSeries[],
  window: Window,
  isOrdered: boolean,
): void {
  const keyOf = ({ labels }: Pick<MatrixSeries, 'labels'>): string => labelsKey(labelSet(labels));
  const left = new Map(found.map((series) => [keyOf(series), series]));
  if (left.size < found.length) {
    throw new Error(`two series have the same labels: ${print(found)}`);
  }
  for (const one of expected) {
    const series = left.get(keyOf(one));
    left.delete(keyOf(one));
    if (series === undefined) {
      throw new Error(`${printLabels(labelSet(one.labels))} is missing in ${print(found)}`);
    }
    comparePoints(series, one.points, window);
  }
  if (left.size > 0) {
    throw new Error(`not expected: ${print([...left.values()])}`);
  }
  if (isOrdered && found.some((series, place) => keyOf(series) !== keyOf(expected[place] ?? { labels: {} }))) {
    throw new Error(`the order is ${print(found)}`);
  }
}

function comparePoints({ labels, points }: MatrixSeries, expected: readonly ScriptPoint[], window: Window): void {
  const values = new Map(points);
  for (const [place, value] of expected.entries()) {
    const time = secondsOf(window.start + BigInt(place) * window.step);
    const actual = values.get(time);
    values.delete(time);
    const isEqual = actual === undefined || value === undefined ? actual === value : nearlyEqual(actual, value);
    if (!isEqual) {
      throw new Error(
        `${printLabels(labelSet(labels))} has ${actual ?? 'nothing'} instead of ${value ?? 'nothing'} at point ${place}`,
      );
    }
  }
  if (values.size > 0) {
    throw new Error(`${printLabels(labelSet(labels))} has points that are not expected`);
  }
}

function secondsOf(time: bigint): number {
  return Number((SCRIPT_EPOCH + time) / 1000n) / 1e6;
}

function nearlyEqual(a: number, b: number): boolean {
  if (Object.is(a, b) || a === b) {
    return true;
  }
  const difference = Math.abs(a - b);
  return difference <= TOLERANCE || difference <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
}

function print(series: readonly MatrixSeries[]): string {
  return series
    .map(({ labels, points }) => `${printLabels(labelSet(labels))} ${points.map(([, value]) => value).join(' ')}`)
    .join('; ');
}
