import type { LabelMatcher, Labels, MetricSelection, SeriesSamples } from '@aegisguard/model';

/** A float sample as it was written. */
export interface WrittenSample {
  readonly labels: Labels;
  readonly timestampMs: number;
  readonly value: number;
  readonly startMs: number;
}

/** The float samples that a selection means, found by looking at every one. Of several for one time the greatest bits count. */
export function referenceSamples(
  written: readonly WrittenSample[],
  { matchers, startMs, endMs }: MetricSelection,
): Pick<SeriesSamples, 'labels' | 'timestampsMs' | 'values' | 'startsMs'>[] {
  const series = new Map<string, { labels: Labels; byTime: Map<number, WrittenSample> }>();
  for (const sample of written) {
    const isMeant =
      sample.timestampMs > startMs &&
      sample.timestampMs <= endMs &&
      matchers.every((matcher) => matches(sample.labels, matcher));
    if (isMeant) {
      const key = JSON.stringify(sample.labels);
      const { byTime } = series.get(key) ?? { byTime: new Map<number, WrittenSample>() };
      series.set(key, { labels: sample.labels, byTime });
      const other = byTime.get(sample.timestampMs);
      if (other === undefined || order(sample) > order(other)) {
        byTime.set(sample.timestampMs, sample);
      }
    }
  }
  return [...series.values()].map(({ labels, byTime }) => {
    const samples = [...byTime.values()].sort((left, right) => left.timestampMs - right.timestampMs);
    return {
      labels,
      timestampsMs: Float64Array.from(samples, ({ timestampMs }) => timestampMs),
      values: Float64Array.from(samples, ({ value }) => value),
      startsMs: Float64Array.from(samples, ({ startMs: start }) => start),
    };
  });
}

/** Bits above start: both are below 2^64. */
function order({ value, startMs }: WrittenSample): bigint {
  return ((new BigUint64Array(Float64Array.of(value).buffer)[0] ?? 0n) << 64n) + BigInt(startMs);
}

function matches(labels: Labels, { name, op, value }: LabelMatcher): boolean {
  const own = labels.find(([label]) => label === name)?.[1] ?? '';
  switch (op) {
    case '=':
      return own === value;
    case '!=':
      return own !== value;
    default:
      return new RegExp(`^(?:${value})$`, 'su').test(own) === (op === '=~');
  }
}
