import type { EvaluatedSeries } from '../evaluated-series.ts';
import { labelsKey } from '../labels-key.ts';
import { sameLabelsError } from '../unite-series.ts';

/** Samples at their own times, those of series with the same labels made one series. Throws `query-not-runnable` where two of a kind are at the same time. */
export function uniteRawSeries(raw: readonly EvaluatedSeries[]): EvaluatedSeries[] {
  const united = new Map<string, EvaluatedSeries>();
  for (const series of raw) {
    const key = labelsKey(series.labels);
    const known = united.get(key);
    united.set(key, known === undefined ? series : join(known, series));
  }
  return [...united.values()];
}

function join(one: EvaluatedSeries, other: EvaluatedSeries): EvaluatedSeries {
  const floats = [one, other].flatMap(({ timestampsMs, values }) =>
    Array.from(timestampsMs, (timestampMs, index) => ({ timestampMs, value: values[index] ?? 0 })),
  );
  const inOrder = ascending(floats);
  return {
    labels: one.labels,
    timestampsMs: Float64Array.from(inOrder, ({ timestampMs }) => timestampMs),
    values: Float64Array.from(inOrder, ({ value }) => value),
    histograms: ascending([...one.histograms, ...other.histograms]),
  };
}

function ascending<T extends { readonly timestampMs: number }>(samples: T[]): T[] {
  samples.sort((a, b) => a.timestampMs - b.timestampMs);
  if (samples.some(({ timestampMs }, index) => timestampMs === samples[index - 1]?.timestampMs)) {
    throw sameLabelsError();
  }
  return samples;
}
