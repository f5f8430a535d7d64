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

/** One series' samples, ascending in time, each time once. Floats and histograms are apart; a time has one or the other. Series with the same times may share the very arrays, which are never written to again: what follows from times alone is then computed once. */
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

/** Names found by a question for names, in ascending order of their UTF-8 bytes, and whether there are more than were wanted. */
export interface FoundNames {
  readonly names: readonly string[];
  readonly isCut: boolean;
}

/** Whose metadata is meant. */
export interface MetadataQuestion {
  /** Undefined: all metrics. */
  readonly metric?: string | undefined;
  /** Metrics that are told of at most. */
  readonly limit: number;
}

/** Metadata in order of metrics, of each one entry, and whether there are more metrics than were wanted. A help may be cut. */
export interface FoundMetadata {
  readonly metadata: readonly MetricMetadata[];
  readonly isCut: boolean;
}

/** Series found by a question for series, in order of labels, and whether there are more than were wanted. */
export interface FoundSeriesLabels {
  readonly series: readonly Labels[];
  readonly isCut: boolean;
}

/** What a question for names and series is about: series that any of the selections matches; without selections all of the range. Ranges are those of the samples, to the precision that the store knows when a series was seen. */
export interface SeriesQuestion {
  readonly selections: readonly (readonly LabelMatcher[])[];
  /** Unix ms, both inclusive. */
  readonly startMs: number;
  readonly endMs: number;
  /** How many are wanted. */
  readonly limit: number;
}

/** Where an organization's series come from, each list the largest first: metrics and pairs by series, labels by values. `__name__` is a label as others are. Counts are of series that were seen in the range. */
export interface Cardinality {
  readonly seriesCount: number;
  readonly metrics: readonly { readonly metric: string; readonly series: number }[];
  readonly labels: readonly { readonly name: string; readonly values: number; readonly series: number }[];
  readonly pairs: readonly { readonly name: string; readonly value: string; readonly series: number }[];
}

/** Functions of a window that a reader may take over. `last` is an instant selector: the newest sample of the lookback, unless a staleness marker hides it. */
export const GRID_FUNCTIONS = [
  'avg_over_time',
  'count_over_time',
  'increase',
  'last',
  'last_over_time',
  'max_over_time',
  'min_over_time',
  'present_over_time',
  'rate',
  'sum_over_time',
] as const;

/** One of them. */
export type GridFunction = (typeof GRID_FUNCTIONS)[number];

/** A function of the samples of each matching series in the windows (end − `windowMs`, end], whose ends are `firstMs` and every step after it. */
export interface GridRequest {
  readonly matchers: readonly LabelMatcher[];
  readonly function: GridFunction;
  /** Unix ms. */
  readonly firstMs: number;
  /** Does not matter where there is one point. */
  readonly stepMs: number;
  readonly points: number;
  readonly windowMs: number;
}

/** Results of one series, one for each point. */
export interface GridSeries {
  readonly labels: Labels;
  /** 1 where there is a result, else 0. */
  readonly isPresent: Uint8Array;
  readonly values: Float64Array;
}

/** What a reader took over: series that have a result, in order of their labels. */
export interface GridAnswer {
  readonly series: readonly GridSeries[];
  readonly stats: QueryStats;
  /** By which rule the answer may differ from the one from samples by more than rounding; undefined: by none. */
  readonly rule: string | undefined;
}

/** Reads an organization's metrics; errors as `LogReader`. `query-too-large` past the driver's limits of series and samples. */
export interface MetricReader {
  readSamples(orgId: OrgId, selection: MetricSelection, bounds: QueryBounds): Promise<SelectedSamples>;
  /** Takes over a function of windows where that is faster and the answer is the same, or differs by a rule that is told; undefined: it is to be computed from samples. */
  readGrid?(orgId: OrgId, request: GridRequest, bounds: QueryBounds): Promise<GridAnswer | undefined>;
  readExemplars(
    orgId: OrgId,
    selection: MetricSelection,
    bounds: QueryBounds,
  ): Promise<readonly { readonly labels: Labels; readonly exemplars: readonly Omit<ExemplarSample, 'series'>[] }[]>;
  /** Names of labels, `__name__` among them. */
  readLabelNames(orgId: OrgId, question: SeriesQuestion, bounds: QueryBounds): Promise<FoundNames>;
  /** Values of a label; of `__name__` the metrics' names. */
  readLabelValues(orgId: OrgId, label: string, question: SeriesQuestion, bounds: QueryBounds): Promise<FoundNames>;
  readSeries(orgId: OrgId, question: SeriesQuestion, bounds: QueryBounds): Promise<FoundSeriesLabels>;
  /** Where the series that the question selects come from; `limit` is the length of each list. */
  readCardinality(orgId: OrgId, question: SeriesQuestion, bounds: QueryBounds): Promise<Cardinality>;
  readMetadata(orgId: OrgId, question: MetadataQuestion, bounds: QueryBounds): Promise<FoundMetadata>;
}
