import { formatQuery, parseQuery } from '@aegisguard/promql/syntax';
import { DURATION_VARIABLES, fillVariables, MARKED_VALUES } from './query-variables.ts';

/** How the printer writes the values that stand for variables. */
const MARKS = DURATION_VARIABLES.map((name) => {
  const seconds = MARKED_VALUES[name] / 1000;
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return [name, `[${hours}h${minutes}m${seconds % 60}s`] as const;
});

/** A query over several lines where one is too long; undefined when it is no PromQL. Variables stay. */
export function formatPromql(text: string): string | undefined {
  try {
    let formatted = formatQuery(parseQuery(fillVariables(text, MARKED_VALUES)));
    for (const [name, mark] of MARKS) {
      formatted = formatted.replaceAll(mark, `[${name}`);
    }
    return formatted;
  } catch {
    return undefined;
  }
}
