// `load_with_nhcb` of https://github.com/prometheus/prometheus/tree/main/promql/promqltest
import type { Labels } from '@aegisguard/model';
import { labelOf, metricName, withLabel } from '../evaluate/label-order.ts';
import { labelsKey } from '../evaluate/labels-key.ts';
import type { ClassicBucket } from '../histograms/classic-buckets.ts';
import { convertToCustomBuckets } from '../histograms/convert-to-custom-buckets.ts';
import type { LoadedEntry, LoadedSample } from './loaded-series.ts';
import { parseScriptNumber } from './parse-script-number.ts';

const PART = /_(?<part>bucket|count|sum)$/;

interface ClassicAt {
  readonly buckets: ClassicBucket[];
  count: number | undefined;
  sum: number | undefined;
}

interface ClassicSeries {
  readonly labels: Labels;
  readonly times: Map<number, ClassicAt>;
}

/** A native histogram with custom buckets for every classic one among series that have been loaded. */
export function customBucketSeries(entries: readonly LoadedEntry[]): LoadedEntry[] {
  const classics = new Map<string, ClassicSeries>();
  for (const { labels, samples } of entries) {
    const name = metricName(labels);
    const part = PART.exec(name)?.groups?.part;
    if (part === undefined || (part === 'bucket' && labelOf(labels, 'le') === '')) {
      continue;
    }
    const own = withLabel(withLabel(labels, 'le', ''), '__name__', name.replace(PART, ''));
    const key = labelsKey(own);
    const classic = classics.get(key) ?? { labels: own, times: new Map<number, ClassicAt>() };
    classics.set(key, classic);
    addPart(classic, part, labelOf(labels, 'le'), samples);
  }
  return [...classics.values()].map(toEntry).filter(({ samples }) => samples.size > 0);
}

function addPart({ times }: ClassicSeries, part: string, le: string, samples: LoadedEntry['samples']): void {
  for (const [timestampMs, { value }] of samples) {
    if (typeof value !== 'number') {
      continue;
    }
    const at = times.get(timestampMs) ?? { buckets: [], count: undefined, sum: undefined };
    times.set(timestampMs, at);
    if (part === 'bucket') {
      at.buckets.push({ upper: parseScriptNumber(le), count: value });
    } else if (part === 'count') {
      at.count = value;
    } else {
      at.sum = value;
    }
  }
}

function toEntry({ labels, times }: ClassicSeries): LoadedEntry {
  const samples = new Map<number, LoadedSample>();
  for (const [timestampMs, classic] of times) {
    const histogram = classic.buckets.length === 0 ? undefined : convertToCustomBuckets(classic);
    if (histogram !== undefined) {
      samples.set(timestampMs, { value: { histogram, hasHint: false }, startMs: 0 });
    }
  }
  return { labels, samples };
}
