// https://grafana.com/docs/tempo/latest/traceql/construct-traceql-queries/ and https://grafana.com/docs/tempo/latest/metrics-from-traces/metrics-queries/
import {
  FIELD_OPERATORS,
  FUNCTIONS,
  type LanguageFunction,
  type LanguageWord,
  SPANSET_OPERATORS,
} from '@aegisguard/traceql/syntax';

/** A word or a piece of TraceQL that the editor offers; `#{}` in a piece is where the cursor goes on. */
export interface TraceqlWord {
  readonly label: string;
  /** What is put in where that is more than the word. */
  readonly piece?: string;
  readonly detail: string;
}

const FILTER: TraceqlWord = { label: '{', piece: '{ #{} }', detail: 'Spans by what they have' };

/** A function as it is put in: what its form leaves open is for the cursor. */
function functionWord({ text, role, form, description }: LanguageFunction): TraceqlWord {
  const piece = form.replace(', …', '').replace('…', '#{}').replace('field', '#{field}');
  return { label: text, piece: role === 'aggregate' ? `${piece} > #{}` : piece, detail: description };
}

function plainWord({ text, description }: LanguageWord): TraceqlWord {
  return { label: text, detail: description };
}

/** What a query begins with. */
export const BEGINNINGS: readonly TraceqlWord[] = [FILTER];

/** Behind a bar. */
export const STAGES: readonly TraceqlWord[] = [
  ...FUNCTIONS.filter(({ role }) => role !== 'series').map(functionWord),
  { ...FILTER, detail: 'Of these spans, those that' },
];

/** Behind the bar that follows series. */
export const SERIES_STAGES: readonly TraceqlWord[] = FUNCTIONS.filter(({ role }) => role === 'series').map(
  functionWord,
);

/** Behind spans in braces. */
export const RELATIONS: readonly TraceqlWord[] = [
  { label: '|', piece: '| #{}', detail: 'Does something with the spans' },
  ...SPANSET_OPERATORS.map(({ text, description }) => ({
    label: text,
    piece: `${text} { #{} }`,
    detail: description,
  })),
];

/** Behind a function that makes series. */
export const SERIES_RELATIONS: readonly TraceqlWord[] = [
  { label: 'by', piece: 'by (#{})', detail: 'A series for each value' },
  { label: '|', piece: '| #{}', detail: 'Does something with the series' },
  { label: 'with', piece: 'with (#{})', detail: 'Hints' },
];

/** Behind a field. */
export const COMPARISONS: readonly TraceqlWord[] = FIELD_OPERATORS.filter(({ text }) => /[=<>~]/.test(text)).map(
  plainWord,
);

/** Behind a condition. */
export const CONNECTIVES: readonly TraceqlWord[] = FIELD_OPERATORS.filter(({ text }) => /[&|]/.test(text)).map(
  plainWord,
);

/** Functions over spans that make series. */
export const METRICS_FUNCTIONS: ReadonlySet<string> = new Set(
  FUNCTIONS.filter(({ role }) => role === 'metrics').map(({ text }) => text),
);

/** Durations to begin with. */
export const DURATIONS: readonly string[] = ['10ms', '100ms', '250ms', '500ms', '1s', '5s', '10s', '1m'];
