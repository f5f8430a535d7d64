import type { EvaluatedSeries } from '../evaluate/evaluated-series.ts';
import { labelsKey } from '../evaluate/labels-key.ts';
import { printLabels } from '../evaluate/print-labels.ts';
import { printHistogram } from '../histograms/print-histogram.ts';
import { nearlyEqual } from './nearly-equal.ts';
import type { ScriptValue } from './parse-value-sequence.ts';
import { sameHistogram } from './same-histogram.ts';
import type { ScriptSeries } from './script-command.ts';

/** Throws, with what differs, unless the series are those that a script expects, with exactly these points. */
export function compareSeries(
  actual: readonly EvaluatedSeries[],
  expected: readonly ScriptSeries[],
  { startMs, stepMs }: { readonly startMs: number; readonly stepMs: number },
): void {
  const left = new Map(actual.map((series) => [labelsKey(series.labels), series]));
  if (left.size < actual.length) {
    throw new Error('two series have the same labels');
  }
  for (const { labels, values } of expected) {
    const found = left.get(labelsKey(labels));
    left.delete(labelsKey(labels));
    if (found === undefined && values.some((value) => value !== undefined)) {
      throw new Error(`${printLabels(labels)} is missing`);
    }
    if (found !== undefined) {
      comparePoints(found, values, startMs, stepMs);
    }
  }
  for (const { labels } of left.values()) {
    throw new Error(`${printLabels(labels)} is not expected`);
  }
}

function comparePoints(
  { labels, timestampsMs, values, histograms }: EvaluatedSeries,
  expected: readonly ScriptValue[],
  startMs: number,
  stepMs: number,
): void {
  const points = new Map<number, number | EvaluatedSeries['histograms'][number]['histogram']>();
  for (const [index, timestampMs] of timestampsMs.entries()) {
    points.set(timestampMs, values[index] ?? 0);
  }
  for (const { timestampMs, histogram } of histograms) {
    points.set(timestampMs, histogram);
  }
  for (const [index, wanted] of expected.entries()) {
    const atMs = startMs + index * stepMs;
    const found = points.get(atMs);
    points.delete(atMs);
    if (!samePoint(found, wanted)) {
      throw new Error(`${printLabels(labels)} at ${atMs} ms is ${print(found)}, not ${printValue(wanted)}`);
    }
  }
  for (const [atMs, found] of points) {
    throw new Error(`${printLabels(labels)} has a point at ${atMs} ms, ${print(found)}, that is not expected`);
  }
}

type Point = number | EvaluatedSeries['histograms'][number]['histogram'] | undefined;

function samePoint(found: Point, wanted: ScriptValue): boolean {
  if (typeof wanted === 'object') {
    return typeof found === 'object' && sameHistogram(found, wanted);
  }
  if (wanted === undefined || wanted === 'stale') {
    return found === undefined;
  }
  return typeof found === 'number' && nearlyEqual(found, wanted);
}

function print(point: Point): string {
  return typeof point === 'object' ? `${printHistogram(point)} (${point.resetHint})` : String(point);
}

function printValue(value: ScriptValue): string {
  return typeof value === 'object' ? print(value.histogram) : String(value);
}
