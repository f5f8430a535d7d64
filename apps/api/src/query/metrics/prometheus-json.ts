// The answers of https://prometheus.io/docs/prometheus/latest/querying/api/#expression-query-result-formats, written series by series: an answer of a million points must not become as many objects first.
import { AegisError, type Labels, type NativeHistogram } from '@aegisguard/model';
import type { EvaluatedSeries, QueryData, QueryResult } from '@aegisguard/promql';
import { shownBuckets } from './histogram-buckets.ts';
import { prometheusNumber } from './prometheus-number.ts';

/** UTF-16 units of an answer; one is in memory whole before it is sent. */
const ANSWER_LENGTH_MAX = 64 * 1024 ** 2;

/** An answer as Prometheus gives it, as JSON text, with our `stats` beside it. Throws `query-too-large` when it would be larger than an answer may be. */
export function prometheusJson({ data, infos, stats, warnings }: QueryResult): string {
  const answer = `{"resultType":"${data.resultType}","result":${resultOf(data)}}`;
  const annotations = notes('warnings', warnings) + notes('infos', infos);
  return `{"status":"success","data":${answer}${annotations},"stats":${JSON.stringify(stats)}}`;
}

function resultOf(data: QueryData): string {
  switch (data.resultType) {
    case 'scalar':
      return floatPoint(data.timestampMs, data.value);
    case 'string':
      return `[${data.timestampMs / 1000},${JSON.stringify(data.value)}]`;
    case 'vector':
      return seriesOf(data.series, vectorElement);
    case 'matrix':
      return seriesOf(data.series, matrixElement);
  }
}

function seriesOf(series: readonly EvaluatedSeries[], write: (one: EvaluatedSeries) => string): string {
  const pieces: string[] = [];
  let length = 0;
  for (const one of series) {
    const piece = write(one);
    length += piece.length;
    if (length > ANSWER_LENGTH_MAX) {
      throw new AegisError('query-too-large', {
        detail: `The answer is larger than ${ANSWER_LENGTH_MAX / 1024 ** 2} MiB; select fewer series, a shorter time or a longer step.`,
      });
    }
    pieces.push(piece);
  }
  return `[${pieces.join(',')}]`;
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
  return `{"metric":${metric(labels)},${point}}`;
}

function matrixElement({ labels, timestampsMs, values, histograms }: EvaluatedSeries): string {
  const floats = Array.from(values, (value, index) => floatPoint(timestampsMs[index] ?? 0, value));
  const members = [`"metric":${metric(labels)}`];
  if (floats.length > 0) {
    members.push(`"values":[${floats.join(',')}]`);
  }
  if (histograms.length > 0) {
    members.push(`"histograms":[${histograms.map((one) => histogramPoint(one.timestampMs, one.histogram)).join(',')}]`);
  }
  return `{${members.join(',')}}`;
}

function metric(labels: Labels): string {
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
