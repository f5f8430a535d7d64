// https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/#rule
import { AegisError, type Labels, METRIC_NAME, normalizeLabels, type RecordingRule } from '@aegisguard/model';
import { seriesId } from '@aegisguard/model/series-id';
import type { QueryData } from '@aegisguard/promql';
import type { SampleToWrite } from '@aegisguard/protocols';

/** The series of a rule's result, by id. */
export type RecordedSamples = ReadonlyMap<bigint, SampleToWrite>;

/** What a rule's result is stored as: under its name, with its labels over those of the result. Throws `query-not-runnable` in Prometheus's words when it cannot be. */
export function recordedSamples(
  rule: RecordingRule,
  data: QueryData,
  timestampMs: number,
  seriesMax: number,
): RecordedSamples {
  const samples = new Map<bigint, SampleToWrite>();
  const elements = elementsOf(data);
  if (elements.length > seriesMax) {
    throw unfit(`exceeded limit of ${seriesMax} with ${elements.length} series`);
  }
  const ofRule = [[METRIC_NAME, rule.record] as const, ...Object.entries(rule.labels)];
  const replaced = new Set(ofRule.map(([name]) => name));
  for (const { labels, value } of elements) {
    const recorded = normalizeLabels([...labels.filter(([name]) => !replaced.has(name)), ...ofRule]);
    samples.set(seriesId(recorded), { labels: recorded, timestampMs, value });
  }
  if (samples.size < elements.length) {
    throw unfit('vector contains metrics with the same labelset after applying rule labels');
  }
  return samples;
}

interface Element {
  readonly labels: Labels;
  readonly value: Exclude<SampleToWrite['value'], 'stale'>;
}

function elementsOf(data: QueryData): readonly Element[] {
  switch (data.resultType) {
    case 'scalar':
      return [{ labels: [], value: data.value }];
    case 'vector':
      return data.series.flatMap(({ labels, values, histograms }) => {
        const value = histograms[0]?.histogram ?? values[0];
        return value === undefined ? [] : [{ labels, value }];
      });
    default:
      throw unfit('rule result is not a vector or scalar');
  }
}

function unfit(detail: string): AegisError {
  return new AegisError('query-not-runnable', { detail });
}
