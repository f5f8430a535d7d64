/** The operators of a label filter. */
export const FILTER_OPERATORS = ['=', '!=', '=~', '!~'] as const;

/** Functions over a window of time that the builder offers. */
export const RANGE_FUNCTIONS = [
  'rate',
  'increase',
  'irate',
  'delta',
  'deriv',
  'avg_over_time',
  'min_over_time',
  'max_over_time',
  'sum_over_time',
  'count_over_time',
  'last_over_time',
] as const;

/** Aggregations that the builder offers. */
export const BUILDER_AGGREGATIONS = ['sum', 'avg', 'min', 'max', 'count', 'stddev', 'quantile'] as const;

/** What one can calculate with a number. */
export const ARITHMETIC = ['*', '/', '+', '-', '>', '<'] as const;

/** `service="checkout"`. */
export interface LabelFilter {
  readonly label: string;
  readonly op: (typeof FILTER_OPERATORS)[number];
  readonly value: string;
}

/** A query as the builder shows it, from the inside out: a selector, a function over a window, an aggregation, a quantile of a histogram, the top few, a calculation. */
export interface BuilderQuery {
  readonly metric: string;
  readonly filters: readonly LabelFilter[];
  /** `window` as it is written: `5m`, `$__rate_interval`. */
  readonly range: { readonly fn: (typeof RANGE_FUNCTIONS)[number]; readonly window: string } | undefined;
  readonly aggregation:
    | {
        readonly op: (typeof BUILDER_AGGREGATIONS)[number];
        /** Of `quantile`. */
        readonly parameter: number | undefined;
        readonly labels: readonly string[];
        /** `labels` are those that go. */
        readonly isWithout: boolean;
      }
    | undefined;
  /** φ of `histogram_quantile`. */
  readonly histogramQuantile: number | undefined;
  readonly top: { readonly op: 'topk' | 'bottomk'; readonly count: number } | undefined;
  readonly arithmetic: { readonly op: (typeof ARITHMETIC)[number]; readonly value: number } | undefined;
}

/** Nothing chosen yet. */
export const EMPTY_BUILDER_QUERY: BuilderQuery = {
  metric: '',
  filters: [],
  range: undefined,
  aggregation: undefined,
  histogramQuantile: undefined,
  top: undefined,
  arithmetic: undefined,
};
