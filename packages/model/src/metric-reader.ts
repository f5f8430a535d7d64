import type { LabelMatcher, QueryBounds, QueryStats } from './log-reader.ts';
import type { ExemplarSample, Labels, MetricMetadata, NativeHistogram } from './metric-batch.ts';
import type { OrgId } from './org-id.ts';

/** Which samples of an organization are meant. Matchers are Prometheus's: expressions match whole values, an absent label is `''`; the metric's name is the label `__name__`. */
export interface MetricSelection {
  readonly matchers: readonly LabelMatcher[];
  /** Unix ms, exclusive: ranges are left-open as in Prometheus 3. */
  readonly startMs: number;
  /** Unix ms, inclusive. */
  readonly endMs: number;
}

/** One series' samples, ascending in time, each time once. Floats and histograms are apart; a time has one or the other. */
export interface SeriesSamples {
  readonly id: bigint;
  readonly labels: Labels;
  readonly timestampsMs: Float64Array;
  readonly values: Float64Array;
  /** Unix ms; 0 when not known. */
  readonly startsMs: Float64Array;
  readonly histograms: readonly {
    readonly timestampMs: number;
    readonly startMs: number;
    readonly histogram: NativeHistogram;
  }[];
}

/** Samples of the matching series that have any in the range, in order of their labels. */
export interface SelectedSamples {
  readonly series: readonly SeriesSamples[];
  readonly stats: QueryStats;
}

/** Reads an organization's metrics; errors as `LogReader`. `query-too-large` past the driver's limits of series and samples. */
export interface MetricReader {
  readSamples(orgId: OrgId, selection: MetricSelection, bounds: QueryBounds): Promise<SelectedSamples>;
  readExemplars(
    orgId: OrgId,
    selection: MetricSelection,
    bounds: QueryBounds,
  ): Promise<readonly { readonly labels: Labels; readonly exemplars: readonly Omit<ExemplarSample, 'series'>[] }[]>;
  /** Metadata of one metric, or of all. */
  readMetadata(orgId: OrgId, metric: string | undefined, bounds: QueryBounds): Promise<readonly MetricMetadata[]>;
}
