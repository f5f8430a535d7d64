// What an editor offers: https://grafana.com/docs/tempo/latest/traceql/construct-traceql-queries/ and https://grafana.com/docs/tempo/latest/metrics-from-traces/metrics-queries/functions/
import { SPAN_KINDS, SPAN_STATUSES } from '@aegisguard/model';

/** Something that is written in a query, and a line about it. */
export interface LanguageWord {
  readonly text: string;
  readonly description: string;
}

/** A function, and where it stands: compared in a stage, a stage itself, at the end of a pipeline, or behind one that gives series. */
export interface LanguageFunction extends LanguageWord {
  readonly role: 'aggregate' | 'stage' | 'metrics' | 'series';
  /** How it is called. */
  readonly form: string;
}

/** Scopes of attributes, with the dot. */
export const SCOPE_WORDS: readonly LanguageWord[] = [
  { text: 'span.', description: 'Attribute of the span' },
  { text: 'resource.', description: 'Attribute of what made the span: its service, host, container' },
  { text: 'event.', description: 'Attribute of an event of the span' },
  { text: 'link.', description: 'Attribute of a link of the span' },
  { text: 'instrumentation.', description: 'Attribute of the library that made the span' },
  { text: '.', description: 'Attribute of the span, or of its resource where the span has none' },
  { text: 'parent.', description: 'Attribute of the span above' },
];

/** All functions. */
export const FUNCTIONS: readonly LanguageFunction[] = [
  { text: 'count', role: 'aggregate', form: 'count()', description: 'Number of spans of a spanset' },
  { text: 'avg', role: 'aggregate', form: 'avg(field)', description: 'Average over the spans of a spanset' },
  { text: 'min', role: 'aggregate', form: 'min(field)', description: 'Smallest value of a spanset' },
  { text: 'max', role: 'aggregate', form: 'max(field)', description: 'Largest value of a spanset' },
  { text: 'sum', role: 'aggregate', form: 'sum(field)', description: 'Sum over the spans of a spanset' },
  { text: 'by', role: 'stage', form: 'by(field)', description: 'A spanset for each value' },
  { text: 'coalesce', role: 'stage', form: 'coalesce()', description: 'The spansets of a trace as one again' },
  { text: 'select', role: 'stage', form: 'select(field, …)', description: 'Fields that are told of the spans' },
  { text: 'rate', role: 'metrics', form: 'rate() by (field, …)', description: 'Spans per second' },
  { text: 'count_over_time', role: 'metrics', form: 'count_over_time() by (field, …)', description: 'Spans per step' },
  { text: 'min_over_time', role: 'metrics', form: 'min_over_time(field)', description: 'Smallest value of each step' },
  { text: 'max_over_time', role: 'metrics', form: 'max_over_time(field)', description: 'Largest value of each step' },
  { text: 'avg_over_time', role: 'metrics', form: 'avg_over_time(field)', description: 'Average of each step' },
  { text: 'sum_over_time', role: 'metrics', form: 'sum_over_time(field)', description: 'Sum of each step' },
  {
    text: 'quantile_over_time',
    role: 'metrics',
    form: 'quantile_over_time(field, .99, …)',
    description: 'Quantiles of each step',
  },
  {
    text: 'histogram_over_time',
    role: 'metrics',
    form: 'histogram_over_time(field)',
    description: 'How often values of each size are in each step',
  },
  {
    text: 'compare',
    role: 'metrics',
    form: 'compare({ … }, 10)',
    description: 'What distinguishes the selected spans from the others',
  },
  { text: 'topk', role: 'series', form: 'topk(10)', description: 'The largest series at each step' },
  { text: 'bottomk', role: 'series', form: 'bottomk(10)', description: 'The smallest series at each step' },
];

/** Between fields, in braces. */
export const FIELD_OPERATORS: readonly LanguageWord[] = [
  { text: '=', description: 'Equal; = nil: the attribute is absent' },
  { text: '!=', description: 'Not equal; != nil: the attribute is there' },
  { text: '>', description: 'Greater' },
  { text: '>=', description: 'Greater or equal' },
  { text: '<', description: 'Less' },
  { text: '<=', description: 'Less or equal' },
  { text: '=~', description: 'The whole text matches a regular expression' },
  { text: '!~', description: 'The whole text does not match a regular expression' },
  { text: '&&', description: 'Both are true of the span' },
  { text: '||', description: 'One of both is true of the span' },
  { text: '+', description: 'Sum' },
  { text: '-', description: 'Difference' },
  { text: '*', description: 'Product' },
  { text: '/', description: 'Quotient' },
  { text: '%', description: 'Remainder' },
  { text: '^', description: 'Power' },
];

/** Between spansets. */
export const SPANSET_OPERATORS: readonly LanguageWord[] = [
  { text: '&&', description: 'The trace has spans of both sides' },
  { text: '||', description: 'The trace has spans of one of both sides' },
  { text: '>>', description: 'Right: below a span of the left, at any depth' },
  { text: '>', description: 'Right: directly below a span of the left' },
  { text: '<<', description: 'Right: above a span of the left, at any distance' },
  { text: '<', description: 'Right: directly above a span of the left' },
  { text: '~', description: 'Right: beside a span of the left, below the same parent' },
  { text: '!>>', description: 'Right: not below a span of the left' },
  { text: '!>', description: 'Right: not directly below a span of the left' },
  { text: '!<<', description: 'Right: not above a span of the left' },
  { text: '!<', description: 'Right: not directly above a span of the left' },
  { text: '!~', description: 'Right: not beside a span of the left' },
  { text: '&>>', description: 'As >>, and the spans of the left, too' },
  { text: '&>', description: 'As >, and the spans of the left, too' },
  { text: '&<<', description: 'As <<, and the spans of the left, too' },
  { text: '&<', description: 'As <, and the spans of the left, too' },
  { text: '&~', description: 'As ~, and the spans of the left, too' },
];

/** Words that are values. */
export const VALUES: readonly LanguageWord[] = [
  { text: 'nil', description: 'No value: the attribute is absent' },
  { text: 'true', description: 'True' },
  { text: 'false', description: 'False' },
  ...SPAN_STATUSES.map((text) => ({ text, description: 'Status of a span' })),
  ...SPAN_KINDS.map((text) => ({ text, description: 'Kind of a span' })),
  { text: 'minInt', description: 'The smallest whole number' },
  { text: 'maxInt', description: 'The largest whole number' },
];
