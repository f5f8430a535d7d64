// https://prometheus.io/docs/prometheus/latest/querying/api/#expression-queries
import type { EvaluatedSeries, QueryData, QueryResult } from '@aegisguard/promql';
import { dataMembers, notesJson } from '../metrics/prometheus-json.ts';

/** Prometheus's words for an answer that was cut. */
export const TRUNCATED = 'results truncated due to limit';

/** How an answer is to be written. */
export interface AnswerWishes {
  /** Series; 0 or undefined: all. */
  readonly limit: number | undefined;
  /** Ms that the evaluation took; undefined: no statistics are asked for. */
  readonly evaluationMs: number | undefined;
}

/** The answer of `query` and `query_range` as JSON text. */
export async function queryJson(result: QueryResult, { limit, evaluationMs }: AnswerWishes): Promise<string> {
  const { data, isCut } = cut(result.data, limit ?? 0);
  const warnings = isCut ? [...result.warnings, TRUNCATED] : result.warnings;
  const stats = evaluationMs === undefined ? '' : `,"stats":${statsJson(result, evaluationMs)}`;
  return `{"status":"success","data":{${await dataMembers(data)}${stats}}${notesJson(warnings, result.infos)}}`;
}

function cut(data: QueryData, limit: number): { data: QueryData; isCut: boolean } {
  if (limit === 0 || !('series' in data) || data.series.length <= limit) {
    return { data, isCut: false };
  }
  return { data: { ...data, series: data.series.slice(0, limit) }, isCut: true };
}

function statsJson({ samples }: QueryResult, evaluationMs: number): string {
  const seconds = evaluationMs / 1000;
  return JSON.stringify({
    timings: { evalTotalTime: seconds, execTotalTime: seconds },
    samples: { totalQueryableSamples: samples.total, peakSamples: samples.peak },
  });
}

/** What a range query answers when its range is a single time: `evaluateQuery` takes that for an instant query. */
export function asRange(data: QueryData): QueryData {
  switch (data.resultType) {
    case 'vector':
      return { ...data, resultType: 'matrix' };
    case 'scalar':
      return { resultType: 'matrix', series: [pointSeries(data.timestampMs, data.value)] };
    default:
      return data;
  }
}

function pointSeries(timestampMs: number, value: number): EvaluatedSeries {
  return {
    labels: [],
    timestampsMs: Float64Array.of(timestampMs),
    values: Float64Array.of(value),
    histograms: [],
  };
}
