import type { ExemplarSample, Labels, MetricBatch, MetricMetadata, MetricSeries } from '@aegisguard/model';
import { SeriesScrub, scrubLabels, scrubMetricName } from '../scrub/scrub-series.ts';
import type { ScrubWalk } from '../scrub/scrub-walk.ts';
import { walkOf } from '../scrub/walk-of.ts';
import type { MetricStage, StageContext } from '../stage.ts';
import { isHexId } from './hex-id.ts';

/** The series as they may be stored, each once, and where each that was sent stands among them; undefined when nothing is found. */
function scrubSeries(
  sent: readonly MetricSeries[],
  { scrubber, tally }: StageContext,
): { readonly series: readonly MetricSeries[]; readonly indexes: Uint32Array } | undefined {
  const scrub = new SeriesScrub(scrubber, tally);
  let all: MetricSeries[] | undefined;
  for (let at = 0; at < sent.length; at += 1) {
    const series = sent[at] as MetricSeries;
    const scrubbed = scrub.scrub(series);
    if (scrubbed !== series) {
      all ??= [...sent];
      all[at] = scrubbed;
    }
  }
  if (all === undefined) {
    return undefined;
  }
  const places = new Map<bigint, number>();
  const series: MetricSeries[] = [];
  const indexes = Uint32Array.from(all, (one) => {
    const at = places.get(one.id) ?? series.length;
    if (at === series.length) {
      places.set(one.id, at);
      series.push(one);
    }
    return at;
  });
  return { series, indexes };
}

function moveColumn(column: Uint32Array, count: number, indexes: Uint32Array): void {
  for (let row = 0; row < count; row += 1) {
    column[row] = indexes[column[row] ?? 0] ?? 0;
  }
}

function moved<Sample extends { readonly series: number }>(
  samples: readonly Sample[],
  indexes: Uint32Array,
): readonly Sample[] {
  return samples.map((sample) => ({ ...sample, series: indexes[sample.series] ?? 0 }));
}

/** Gives every sample its series' new place. */
function move(batch: MetricBatch, indexes: Uint32Array): void {
  moveColumn(batch.samples.series, batch.samples.count, indexes);
  moveColumn(batch.deltas.samples.series, batch.deltas.samples.count, indexes);
  batch.histograms = moved(batch.histograms, indexes);
  batch.deltas.histograms = moved(batch.deltas.histograms, indexes);
  batch.exemplars = moved(batch.exemplars, indexes);
}

/** An exemplar's trace and span are ids. */
function isIds(labels: Labels): boolean {
  return labels.every(([name, value]) => (name === 'trace_id' || name === 'span_id') && isHexId(value));
}

function scrubExemplar(exemplar: ExemplarSample, walk: ScrubWalk): ExemplarSample {
  const { labels } = exemplar;
  if (isIds(labels)) {
    return exemplar;
  }
  const scrubbed = scrubLabels(labels, walk.places.tops.exemplarLabels, walk);
  return scrubbed === labels ? exemplar : { ...exemplar, labels: scrubbed };
}

function scrubMetadata(metadata: MetricMetadata, walk: ScrubWalk): MetricMetadata {
  const { tops } = walk.places;
  const metric = scrubMetricName(metadata.metric, walk);
  const help = walk.text(tops.help, metadata.help);
  const unit = walk.text(tops.unit, metadata.unit);
  const isSame = metric === metadata.metric && help === metadata.help && unit === metadata.unit;
  return isSame ? metadata : { ...metadata, metric, help, unit };
}

/**
 * Takes personal data and secrets out of the labels and descriptions of metrics. A series whose labels change is another one, and those that become the same are one from here on: increments add up, and of
 * samples at the same time readers take one (ADR 10).
 */
export const scrubMetrics: MetricStage = {
  name: 'scrub',
  apply(batch, context) {
    const walk = walkOf(context);
    const scrubbed = scrubSeries(batch.series, context);
    if (scrubbed !== undefined) {
      batch.series = scrubbed.series;
      move(batch, scrubbed.indexes);
    }
    batch.exemplars = batch.exemplars.map((exemplar) => scrubExemplar(exemplar, walk));
    batch.metadata = batch.metadata.map((metadata) => scrubMetadata(metadata, walk));
  },
};
