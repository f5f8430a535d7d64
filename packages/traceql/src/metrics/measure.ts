import { fieldReader } from '../evaluate/read-field.ts';
import type { TraceSpans } from '../evaluate/trace-spans.ts';
import { firstScalar } from '../evaluate/value.ts';
import type { MetricsAggregate } from '../syntax/ast/trace-query.ts';

const NANOS_PER_SECOND = 1e9;

/** What is kept of the spans of a bucket. `log2` counts by powers of two, `average` adds up and counts. */
export type MeasureKind = 'count' | 'sum' | 'min' | 'max' | 'average' | 'log2';

/** A number of a span: in seconds where the field is nanoseconds; `power` is the smallest power of two, of nanoseconds where they are, that is not below it. */
interface MeasuredValue {
  readonly value: number;
  readonly power: number;
}

/** How an aggregate measures spans. */
export interface Measure {
  readonly kind: MeasureKind;
  /** Undefined for a span that has no number there, which then does not count. */
  readonly read: (trace: TraceSpans, index: number) => MeasuredValue | undefined;
}

/** Every aggregate but `compare`. */
export type MeasuringAggregate = Exclude<MetricsAggregate, { readonly kind: 'compare' }>;

const KINDS: Readonly<Record<MeasuringAggregate['kind'], MeasureKind>> = {
  rate: 'count',
  count_over_time: 'count',
  sum_over_time: 'sum',
  min_over_time: 'min',
  max_over_time: 'max',
  avg_over_time: 'average',
  quantile_over_time: 'log2',
  histogram_over_time: 'log2',
};

const ONE: MeasuredValue = { value: 1, power: 1 };

export function measureOf(aggregate: MeasuringAggregate): Measure {
  const kind = KINDS[aggregate.kind];
  if (!('of' in aggregate)) {
    return { kind, read: () => ONE };
  }
  const read = fieldReader(aggregate.of);
  return {
    kind,
    read: (trace, index) => {
      const scalar = firstScalar(read(trace, index));
      switch (typeof scalar) {
        case 'number':
          return { value: scalar, power: powerOfTwo(scalar) };
        case 'bigint':
          return {
            value: Number(scalar) / NANOS_PER_SECOND,
            power: powerOfTwo(Number(scalar)) / NANOS_PER_SECOND,
          };
        default:
          return undefined;
      }
    },
  };
}

/** The smallest power of two that is not below a value; 0 for what is not above 0. */
export function powerOfTwo(value: number): number {
  if (value <= 0) {
    return 0;
  }
  // The logarithm may be a little off.
  const near = 2 ** Math.ceil(Math.log2(value));
  if (near / 2 >= value) {
    return near / 2;
  }
  return near < value ? near * 2 : near;
}
