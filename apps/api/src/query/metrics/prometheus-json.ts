// The answers of https://prometheus.io/docs/prometheus/latest/querying/api/#expression-query-result-formats, written series by series: an answer of a million points must not become as many objects first.
import type { Labels, NativeHistogram } from '@aegisguard/model';
import type { EvaluatedSeries, QueryData, QueryResult } from '@aegisguard/promql';
import { arrayJson } from '../array-json.ts';
import { shownBuckets } from './histogram-buckets.ts';
import { prometheusNumber } from './prometheus-number.ts';

/** An answer as Prometheus gives it, as JSON text, with our `stats` beside it. Throws `query-too-large` when it would be larger than an answer may be. */
export async function prometheusJson({ data, warnings, infos, stats }: QueryResult): Promise<string> {
  return `{"status":"success","data":{${await dataMembers(data)}}${notesJson(warnings, infos)},"stats":${JSON.stringify(stats)}}`;
}

/** The members of `data`: the type of the result, and the result. */
export async function dataMembers(data: QueryData): Promise<string> {
  return `"resultType":"${data.resultType}","result":${await resultJson(data)}`;
}

async function resultJson(data: QueryData): Promise<string> {
  switch (data.resultType) {
    case 'vector':
      return arrayJson(data.series, vectorElement);
    case 'matrix':
      return arrayJson(data.series, matrixElement);
    case 'scalar':
      return floatPoint(data.timestampMs, data.value);
    case 'string':
      return `[${data.timestampMs / 1000},${JSON.stringify(data.value)}]`;
  }
}

/** `warnings` and `infos` as further members of an answer, where there are any. */
export function notesJson(warnings: readonly string[], infos: readonly string[]): string {
  return notes('warnings', warnings) + notes('infos', infos);
}

function notes(name: string, sentences: readonly string[]): string {
  return sentences.length === 0 ? '' : `,"${name}":${JSON.stringify(sentences)}`;
}

function vectorElement({ labels, timestampsMs, values, histograms }: EvaluatedSeries): string {
  const [histogram] = histograms;
  const point =
    histogram === undefined
      ? `"value":${floatPoint(timestampsMs[0] ?? 0, values[0] ?? 0)}`
      : `"histogram":${histogramPoint(histogram.timestampMs, histogram.histogram)}`;
  return `{"metric":${labelsJson(labels)},${point}}`;
}

function matrixElement({ labels, timestampsMs, values, histograms }: EvaluatedSeries): string {
  const floats = Array.from(values, (value, index) => floatPoint(timestampsMs[index] ?? 0, value));
  const members = [`"metric":${labelsJson(labels)}`];
  if (floats.length > 0) {
    members.push(`"values":[${floats.join(',')}]`);
  }
  if (histograms.length > 0) {
    members.push(`"histograms":[${histograms.map((one) => histogramPoint(one.timestampMs, one.histogram)).join(',')}]`);
  }
  return `{${members.join(',')}}`;
}

/** A label set as an object. */
export function labelsJson(labels: Labels): string {
  return `{${labels.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`;
}

function floatPoint(timestampMs: number, value: number): string {
  return `[${timestampMs / 1000},"${prometheusNumber(value)}"]`;
}

function histogramPoint(timestampMs: number, histogram: NativeHistogram): string {
  const buckets = shownBuckets(histogram).map(
    ({ boundaries, lower, upper, count }) =>
      `[${boundaries},"${prometheusNumber(lower)}","${prometheusNumber(upper)}","${prometheusNumber(count)}"]`,
  );
  const shown = buckets.length === 0 ? '' : `,"buckets":[${buckets.join(',')}]`;
  const { count, sum } = histogram;
  return `[${timestampMs / 1000},{"count":"${prometheusNumber(count)}","sum":"${prometheusNumber(sum)}"${shown}}]`;
}
