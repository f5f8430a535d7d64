import { rateIntervalMs } from '../view/query-step.ts';

/** Durations that depend on what is looked at; as in Grafana, so that queries can be carried over. */
export const DURATION_VARIABLES = ['$__rate_interval', '$__interval', '$__range'] as const;

/** One of them. */
type DurationVariable = (typeof DURATION_VARIABLES)[number];

/** What the variables mean, in ms. */
export type VariableValues = Readonly<Record<DurationVariable, number>>;

const VARIABLE = /\$(?:__rate_interval|__interval|__range)\b|\$\{(?:__rate_interval|__interval|__range)\}/g;

/** What the variables mean for a step over a span. */
export function variableValues(stepMs: number, spanMs: number): VariableValues {
  return { $__rate_interval: rateIntervalMs(stepMs), $__interval: stepMs, $__range: spanMs };
}

function plain(variable: string): DurationVariable {
  return variable.replace('${', '$').replace('}', '') as DurationVariable;
}

function seconds(ms: number): string {
  return `${Math.max(1, Math.round(ms / 1000))}s`;
}

/** A duration of just so many characters: `000000000000060s`. Positions in the query stay what they are. */
function padded(ms: number, length: number): string {
  const text = seconds(ms).length <= length ? seconds(ms) : `${Math.ceil(ms / 3_600_000)}h`;
  return text.padStart(length, '0');
}

/** The query with durations for the variables, each as long as its variable, so that positions of errors hold. */
export function fillVariables(query: string, values: VariableValues): string {
  return query.replaceAll(VARIABLE, (variable) => padded(values[plain(variable)], variable.length));
}

/** The query with durations for the variables as a person would write them, to be copied. */
export function writeVariables(query: string, values: VariableValues): string {
  return query.replaceAll(VARIABLE, (variable) => seconds(values[plain(variable)]));
}

/** Values that no person writes, by which variables are known again in a parsed query. */
export const MARKED_VALUES: VariableValues = {
  $__rate_interval: 7_001_000,
  $__interval: 7_003_000,
  $__range: 7_007_000,
};
