// https://grafana.com/docs/loki/latest/query/

/** A word or a piece of LogQL that the editor offers; `#{}` in a piece is where the cursor goes on. */
export interface LogqlWord {
  readonly label: string;
  /** What is put in where that is more than the word. */
  readonly piece?: string;
  readonly detail: string;
}

/** Functions over the logs of a range. */
const RANGE_FUNCTIONS: readonly (readonly [name: string, detail: string])[] = [
  ['count_over_time', 'logs in the range'],
  ['rate', 'logs per second'],
  ['bytes_over_time', 'bytes of lines in the range'],
  ['bytes_rate', 'bytes of lines per second'],
  ['absent_over_time', '1 where there is no log'],
];
/** Functions over numbers that `unwrap` takes out of the logs of a range. */
const UNWRAPPED_FUNCTIONS: readonly (readonly [name: string, detail: string])[] = [
  ['sum_over_time', 'sum of a label’s numbers'],
  ['avg_over_time', 'mean of a label’s numbers'],
  ['min_over_time', 'least of a label’s numbers'],
  ['max_over_time', 'greatest of a label’s numbers'],
  ['first_over_time', 'first of a label’s numbers'],
  ['last_over_time', 'last of a label’s numbers'],
  ['stddev_over_time', 'standard deviation of a label’s numbers'],
  ['stdvar_over_time', 'variance of a label’s numbers'],
  ['rate_counter', 'increase per second of a counter'],
];
const AGGREGATIONS: readonly (readonly [name: string, detail: string])[] = [
  ['sum', 'adds series up'],
  ['avg', 'mean of series'],
  ['min', 'least of series'],
  ['max', 'greatest of series'],
  ['count', 'number of series'],
  ['stddev', 'standard deviation of series'],
  ['stdvar', 'variance of series'],
];

/** What an operand begins with. */
export const OPERANDS: readonly LogqlWord[] = [
  { label: '{', piece: '{#{}}', detail: 'logs by their labels' },
  ...RANGE_FUNCTIONS.map(([label, detail]) => ({ label, piece: `${label}({#{}} [5m])`, detail })),
  ...UNWRAPPED_FUNCTIONS.map(([label, detail]) => ({ label, piece: `${label}({#{}} | unwrap #{} [5m])`, detail })),
  {
    label: 'quantile_over_time',
    piece: 'quantile_over_time(0.95, {#{}} | unwrap #{} [5m])',
    detail: 'quantile of a label’s numbers',
  },
  ...AGGREGATIONS.map(([label, detail]) => ({ label, piece: `${label} by (#{}) (#{})`, detail })),
  { label: 'topk', piece: 'topk(10, #{})', detail: 'the greatest series' },
  { label: 'bottomk', piece: 'bottomk(10, #{})', detail: 'the least series' },
  { label: 'sort', piece: 'sort(#{})', detail: 'series by value' },
  { label: 'sort_desc', piece: 'sort_desc(#{})', detail: 'series by value, greatest first' },
  {
    label: 'label_replace',
    piece: 'label_replace(#{}, "#{}", "$1", "#{}", "(.*)")',
    detail: 'makes a label of another one',
  },
  { label: 'vector', piece: 'vector(#{})', detail: 'a number as a series' },
];

/** Behind a bar. */
export const STAGES: readonly LogqlWord[] = [
  { label: 'json', detail: 'labels from a line of JSON' },
  { label: 'logfmt', detail: 'labels from a line of logfmt' },
  { label: 'pattern', piece: 'pattern "#{}"', detail: 'labels by a pattern such as <ip> - <user>' },
  { label: 'regexp', piece: 'regexp "#{}"', detail: 'labels by a regular expression’s named groups' },
  { label: 'unpack', detail: 'labels that an agent has packed' },
  { label: 'line_format', piece: 'line_format "{{.#{}}}"', detail: 'another line' },
  { label: 'label_format', piece: 'label_format #{}=#{}', detail: 'another label, or another name' },
  { label: 'unwrap', piece: 'unwrap #{}', detail: 'a label as a number, for functions over ranges' },
  { label: 'drop', piece: 'drop #{}', detail: 'without labels' },
  { label: 'keep', piece: 'keep #{}', detail: 'with these labels only' },
  { label: 'decolorize', detail: 'without the colours of terminals' },
];

/** Behind a selector or a stage. */
export const PIPES: readonly LogqlWord[] = [
  { label: '|=', piece: '|= "#{}"', detail: 'line contains' },
  { label: '!=', piece: '!= "#{}"', detail: 'line does not contain' },
  { label: '|~', piece: '|~ "#{}"', detail: 'line matches a regular expression' },
  { label: '!~', piece: '!~ "#{}"', detail: 'line does not match' },
  { label: '|>', piece: '|> "#{}"', detail: 'line follows a pattern such as GET <_> 200' },
  { label: '!>', piece: '!> "#{}"', detail: 'line does not follow a pattern' },
  ...STAGES.map(({ label, piece = label, detail }) => ({ label: `| ${label}`, piece: `| ${piece}`, detail })),
];

/** Between square brackets. */
export const RANGES: readonly string[] = ['1m', '5m', '10m', '30m', '1h', '6h', '1d'];
