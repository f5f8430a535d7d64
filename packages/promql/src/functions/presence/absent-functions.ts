// https://prometheus.io/docs/prometheus/latest/querying/functions/#absent and #absent_over_time
import type { Labels } from '@aegisguard/model';
import { hasPoints } from '../../evaluate/series-draft.ts';
import { POINT, type RangeVector, type Value, type VectorSeries } from '../../evaluate/value.ts';
import { argumentOf, matrixOf, vectorOf } from '../call-arguments.ts';
import { floatSeries } from '../float-series.ts';
import type { Implementations } from '../function-implementation.ts';
import { absentLabels } from './absent-labels.ts';

/** Marks the points whose window has one of the ascending times. */
function markWindows(present: Uint8Array, timesMs: ArrayLike<number>, { windowEndsMs, rangeMs }: RangeVector): void {
  let next = 0;
  for (const [point, endMs] of windowEndsMs.entries()) {
    while (next < timesMs.length && (timesMs[next] ?? 0) <= endMs - rangeMs) {
      next += 1;
    }
    if (next < timesMs.length && (timesMs[next] ?? 0) <= endMs) {
      present[point] = 1;
    }
  }
}

function presentInMatrix(matrix: RangeVector): Uint8Array {
  const present = new Uint8Array(matrix.windowEndsMs.length);
  for (const { timestampsMs, histograms } of matrix.series) {
    markWindows(present, timestampsMs, matrix);
    markWindows(
      present,
      histograms.map(({ timestampMs }) => timestampMs),
      matrix,
    );
  }
  return present;
}

function presentInVector(vector: readonly VectorSeries[], points: number): Uint8Array {
  const present = new Uint8Array(points);
  for (const { kinds } of vector) {
    for (const [point, kind] of kinds.entries()) {
      present[point] = kind === POINT.absent ? (present[point] ?? 0) : 1;
    }
  }
  return present;
}

/** 1 wherever nothing is present. */
function oneWhereAbsent(labels: Labels, present: Uint8Array): Value {
  const series = floatSeries(labels, false, present.length, (point) => (present[point] === 0 ? 1 : undefined));
  return { type: 'vector', series: hasPoints(series) ? [series] : [] };
}

/** Where a vector has nothing. */
export const ABSENT_FUNCTIONS = {
  absent: {
    kind: 'whole',
    evaluate: (context) =>
      oneWhereAbsent(
        absentLabels(argumentOf(context, 0)),
        presentInVector(vectorOf(context, 0), context.pointsMs.length),
      ),
  },
  absent_over_time: {
    kind: 'whole',
    evaluate: (context) => oneWhereAbsent(absentLabels(argumentOf(context, 0)), presentInMatrix(matrixOf(context, 0))),
  },
} as const satisfies Implementations;
