// What LogQL has and we do not run yet: https://grafana.com/docs/loki/latest/query/. Kept by name so that a user reads "not supported yet" and not "unknown".

/** Stages behind a single bar, apart from label filters. */
export const UNSUPPORTED_STAGES: ReadonlySet<string> = new Set([
  'json',
  'logfmt',
  'regexp',
  'pattern',
  'unpack',
  'line_format',
  'label_format',
  'decolorize',
  'drop',
  'keep',
  'unwrap',
]);

/** Functions over a range. */
export const UNSUPPORTED_FUNCTIONS: ReadonlySet<string> = new Set([
  'rate_counter',
  'bytes_over_time',
  'bytes_rate',
  'avg_over_time',
  'sum_over_time',
  'min_over_time',
  'max_over_time',
  'stdvar_over_time',
  'stddev_over_time',
  'quantile_over_time',
  'first_over_time',
  'last_over_time',
  'absent_over_time',
  'label_replace',
  'vector',
  'variants',
]);

/** Aggregations over series. */
export const UNSUPPORTED_AGGREGATIONS: ReadonlySet<string> = new Set([
  'avg',
  'min',
  'max',
  'count',
  'stddev',
  'stdvar',
  'topk',
  'bottomk',
  'approx_topk',
  'sort',
  'sort_desc',
]);

/** Operators between two metric queries. */
export const BINARY_OPERATORS: ReadonlySet<string> = new Set([
  '+',
  '-',
  '*',
  '/',
  '%',
  '^',
  '==',
  '!=',
  '>',
  '>=',
  '<',
  '<=',
  'and',
  'or',
  'unless',
]);

/** Operators of a label filter. */
export const LABEL_FILTER_OPERATORS: ReadonlySet<string> = new Set(['=', '==', '!=', '=~', '!~', '>', '>=', '<', '<=']);
