import {
  AegisError,
  type Cardinality,
  type ExemplarSample,
  type FoundMetadata,
  type FoundNames,
  type FoundSeriesLabels,
  type LabelMatcher,
  type Labels,
  type MetadataQuestion,
  type MetricMetadata,
  type MetricReader,
  type MetricSelection,
  type OrgId,
  type QueryBounds,
  type SelectedSamples,
  type SeriesQuestion,
  type SeriesSamples,
} from '@aegisguard/model';
import { RE2JS } from 're2js';
import { cardinalityOf, namesOf, seriesOf, valuesOf } from './reference-metric-names.ts';

/** What one organization has. Samples of a series ascend in time. */
export interface ReferenceMetrics {
  readonly series: readonly SeriesSamples[];
  readonly exemplars?: readonly {
    readonly labels: Labels;
    readonly exemplars: readonly Omit<ExemplarSample, 'series'>[];
  }[];
  readonly metadata?: readonly MetricMetadata[];
}

/** What `MetricReader` means, written down in the plainest way over samples in memory, as `ReferenceLogReader` does for logs: it looks at everything for every question. */
export class ReferenceMetricReader implements MetricReader {
  readonly #metrics: ReadonlyMap<OrgId, ReferenceMetrics>;

  constructor(metrics: ReadonlyMap<OrgId, ReferenceMetrics>) {
    this.#metrics = metrics;
  }

  async readSamples(orgId: OrgId, selection: MetricSelection, bounds: QueryBounds): Promise<SelectedSamples> {
    refuseAborted(bounds);
    const series = (this.#metrics.get(orgId)?.series ?? [])
      .filter(({ labels }) => isSelected(labels, selection.matchers))
      .map((samples) => cut(samples, selection))
      .filter(({ histograms, values }) => values.length + histograms.length > 0)
      .sort((a, b) => compareText(JSON.stringify(a.labels), JSON.stringify(b.labels)));
    const rowsRead = series.reduce((sum, { histograms, values }) => sum + values.length + histograms.length, 0);
    return { series, stats: { elapsedMs: 0, rowsRead, bytesRead: 0 } };
  }

  async readExemplars(
    orgId: OrgId,
    selection: MetricSelection,
    bounds: QueryBounds,
  ): Promise<readonly { readonly labels: Labels; readonly exemplars: readonly Omit<ExemplarSample, 'series'>[] }[]> {
    refuseAborted(bounds);
    return (this.#metrics.get(orgId)?.exemplars ?? [])
      .filter(({ labels }) => isSelected(labels, selection.matchers))
      .map(({ exemplars, labels }) => ({ labels, exemplars: exemplars.filter((one) => isInside(one, selection)) }))
      .filter(({ exemplars }) => exemplars.length > 0);
  }

  async readLabelNames(orgId: OrgId, question: SeriesQuestion, bounds: QueryBounds): Promise<FoundNames> {
    refuseAborted(bounds);
    return namesOf(this.#meant(orgId, question), question.limit);
  }

  async readLabelValues(
    orgId: OrgId,
    label: string,
    question: SeriesQuestion,
    bounds: QueryBounds,
  ): Promise<FoundNames> {
    refuseAborted(bounds);
    return valuesOf(this.#meant(orgId, question), label, question.limit);
  }

  async readSeries(orgId: OrgId, question: SeriesQuestion, bounds: QueryBounds): Promise<FoundSeriesLabels> {
    refuseAborted(bounds);
    return seriesOf(this.#meant(orgId, question), question.limit);
  }

  async readCardinality(orgId: OrgId, question: SeriesQuestion, bounds: QueryBounds): Promise<Cardinality> {
    refuseAborted(bounds);
    return cardinalityOf(this.#meant(orgId, question), question.limit);
  }

  async readMetadata(orgId: OrgId, { limit, metric }: MetadataQuestion, bounds: QueryBounds): Promise<FoundMetadata> {
    refuseAborted(bounds);
    const all = this.#metrics.get(orgId)?.metadata ?? [];
    const meant = all.filter((one) => metric === undefined || one.metric === metric);
    return { metadata: meant.slice(0, limit), isCut: meant.length > limit };
  }

  /** Label sets of the series that any of the selections matches and that have a sample in the range. */
  #meant(orgId: OrgId, { selections, startMs, endMs }: SeriesQuestion): Labels[] {
    return (this.#metrics.get(orgId)?.series ?? [])
      .filter(({ labels }) => selections.length === 0 || selections.some((matchers) => isSelected(labels, matchers)))
      .filter(({ histograms, timestampsMs }) =>
        [...timestampsMs, ...histograms.map(({ timestampMs }) => timestampMs)].some(
          (timeMs) => timeMs >= startMs && timeMs <= endMs,
        ),
      )
      .map(({ labels }) => labels);
  }
}

function refuseAborted({ signal }: QueryBounds): void {
  if (signal.aborted) {
    throw new AegisError('query-cancelled');
  }
}

function isInside({ timestampMs }: { readonly timestampMs: number }, { startMs, endMs }: MetricSelection): boolean {
  return timestampMs > startMs && timestampMs <= endMs;
}

/** Typed arrays are cut with `slice`, which copies the bits of a NaN as they are. */
function cut(samples: SeriesSamples, selection: MetricSelection): SeriesSamples {
  const first = samples.timestampsMs.findIndex((timestampMs) => timestampMs > selection.startMs);
  const beyond = samples.timestampsMs.findIndex((timestampMs) => timestampMs > selection.endMs);
  const from = first === -1 ? samples.timestampsMs.length : first;
  const to = beyond === -1 ? samples.timestampsMs.length : beyond;
  return {
    id: samples.id,
    labels: samples.labels,
    timestampsMs: samples.timestampsMs.slice(from, to),
    values: samples.values.slice(from, to),
    startsMs: samples.startsMs.slice(from, to),
    histograms: samples.histograms.filter((one) => isInside(one, selection)),
  };
}

function isSelected(labels: Labels, matchers: readonly LabelMatcher[]): boolean {
  return matchers.every(({ name, op, value }) => {
    const actual = labels.find(([label]) => label === name)?.[1] ?? '';
    const isMatch = op === '=' || op === '!=' ? actual === value : RE2JS.compile(value, RE2JS.DOTALL).testExact(actual);
    return isMatch === (op === '=' || op === '=~');
  });
}

function compareText(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
