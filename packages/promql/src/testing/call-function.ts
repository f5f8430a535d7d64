import type { Labels, NativeHistogram } from '@aegisguard/model';
import { Annotations } from '../evaluate/annotations.ts';
import { uniteSeries } from '../evaluate/unite-series.ts';
import { POINT, type RangeSeries, type RangeVector, type Value, type VectorSeries } from '../evaluate/value.ts';
import { vectorOf } from '../functions/call-arguments.ts';
import type {
  CallContext,
  FunctionImplementation,
  Implementations,
  PointResult,
  Window,
} from '../functions/function-implementation.ts';
import type { Expression } from '../syntax/ast/expression.ts';

/** A sample as tests write it. */
export type Sample = number | NativeHistogram;

/** A call as tests write it. */
export interface TestCall {
  /** Unix ms; [0] by default. */
  readonly pointsMs?: readonly number[];
  readonly values: readonly Value[];
  /** The arguments as they are written, for the functions that look at them; else they are a name at the call's beginning. */
  readonly expressions?: readonly Expression[];
}

/** What a call gives. */
export interface TestAnswer {
  readonly value: Value;
  readonly annotations: readonly string[];
}

const SOURCE = { from: 0, to: 1 };

/** A metric's name as an expression. */
export function nameExpression(name: string): Expression {
  return {
    kind: 'vector-selector',
    name,
    matchers: [{ name: '__name__', op: '=', value: name }],
    offset: undefined,
    at: undefined,
    extension: undefined,
    source: SOURCE,
  };
}

/** A series of a vector with a sample, or none, for each point. */
export function vectorSeries(
  labels: Readonly<Record<string, string>>,
  samples: readonly (Sample | undefined)[],
): VectorSeries {
  const histograms = samples.map((sample) => (typeof sample === 'object' ? sample : undefined));
  return {
    labels: Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)),
    dropsName: false,
    kinds: Uint8Array.from(samples, (sample) =>
      sample === undefined ? POINT.absent : typeof sample === 'number' ? POINT.float : POINT.histogram,
    ),
    values: Float64Array.from(samples, (sample) => (typeof sample === 'number' ? sample : 0)),
    histograms: histograms.some((histogram) => histogram !== undefined) ? histograms : undefined,
  };
}

/** A vector as a value. */
export function vector(...series: readonly VectorSeries[]): Value {
  return { type: 'vector', series };
}

/** A scalar as a value, one number for all points. */
export function scalar(value: number, points = 1): Value {
  return { type: 'scalar', values: new Float64Array(points).fill(value) };
}

/** A text as a value. */
export function text(value: string): Value {
  return { type: 'string', text: value };
}

/** A series `m` with samples at times in ms. */
export function rangeSeries(samples: readonly (readonly [timestampMs: number, sample: Sample])[]): RangeSeries {
  const floats = samples.filter((entry): entry is readonly [number, number] => typeof entry[1] === 'number');
  const labels: Labels = [['__name__', 'm']];
  return {
    labels,
    dropsName: false,
    timestampsMs: Float64Array.from(floats, ([timestampMs]) => timestampMs),
    values: Float64Array.from(floats, ([, value]) => value),
    startsMs: new Float64Array(floats.length),
    histograms: samples.flatMap(([timestampMs, histogram]) =>
      typeof histogram === 'number' ? [] : [{ timestampMs, startMs: 0, histogram }],
    ),
  };
}

/** A range vector as a value. */
export function matrix(windowEndsMs: readonly number[], rangeMs: number, ...series: readonly RangeSeries[]): Value {
  return { type: 'matrix', series, windowEndsMs: Float64Array.from(windowEndsMs), rangeMs, extension: undefined };
}

/** Calls a function of a table as the evaluation does. */
export function callFunction(functions: Implementations, name: string, test: TestCall): TestAnswer {
  const implementation = functions[name];
  if (implementation === undefined) {
    throw new Error(`there is no function ${name}`);
  }
  const context = contextOf(name, test);
  const value = evaluate(implementation, context);
  const { warnings, infos } = context.annotations;
  return { value, annotations: [...warnings, ...infos] };
}

/** What a function of that name knows of a call. */
export function contextOf(name: string, test: TestCall): CallContext {
  return {
    call: {
      kind: 'call',
      name,
      arguments: test.expressions ?? test.values.map(() => nameExpression('m')),
      source: SOURCE,
    },
    annotations: new Annotations(name),
    pointsMs: Float64Array.from(test.pointsMs ?? [0]),
    values: test.values,
    scalar(argument, point) {
      const value = test.values[argument];
      return value?.type === 'scalar' ? value.values[point] : undefined;
    },
  };
}

function evaluate(implementation: FunctionImplementation, context: CallContext): Value {
  switch (implementation.kind) {
    case 'whole':
      return implementation.evaluate(context);
    case 'labels':
      return { type: 'vector', series: uniteSeries(vectorOf(context, 0).map(implementation.prepare(context))) };
    case 'sample': {
      const input = context.values.find((value) => value.type === 'vector');
      const results = (input?.series ?? []).map(({ labels, kinds, values, histograms }) => {
        const samples = Array.from(kinds, (kind, point): PointResult => {
          const sample = kind === POINT.histogram ? histograms?.[point] : values[point];
          return kind === POINT.absent || sample === undefined
            ? undefined
            : implementation.evaluate(sample, point, context);
        });
        return vectorSeries(Object.fromEntries(labels), samples);
      });
      return { type: 'vector', series: results };
    }
    case 'range': {
      const input = context.values.find((value) => value.type === 'matrix');
      const results = [...(input?.series ?? [])].map((series) => {
        const samples = windowsOf(series, input as RangeVector).map((window) =>
          implementation.evaluate(window, context),
        );
        return vectorSeries(Object.fromEntries(series.labels), samples);
      });
      return { type: 'vector', series: results };
    }
  }
}

function windowsOf(series: RangeSeries, { windowEndsMs, rangeMs }: RangeVector): Window[] {
  const floatTimes = [...series.timestampsMs];
  const histogramTimes = series.histograms.map(({ timestampMs }) => timestampMs);
  const upTo = (times: readonly number[], endMs: number): number => times.filter((timeMs) => timeMs <= endMs).length;
  return Array.from(windowEndsMs, (endMs, point) => ({
    series,
    point,
    startMs: endMs - rangeMs,
    endMs,
    first: upTo(floatTimes, endMs - rangeMs),
    end: upTo(floatTimes, endMs),
    firstHistogram: upTo(histogramTimes, endMs - rangeMs),
    endHistogram: upTo(histogramTimes, endMs),
  }));
}

/** The samples of the one series of a vector, point by point; undefined where there is none. */
export function samplesOf(value: Value): (Sample | undefined)[] {
  if (value.type !== 'vector' || value.series.length > 1) {
    throw new Error('the answer is no vector of one series');
  }
  const [series] = value.series;
  return Array.from(series?.kinds ?? [], (kind, point) =>
    kind === POINT.histogram ? series?.histograms?.[point] : kind === POINT.float ? series?.values[point] : undefined,
  );
}
