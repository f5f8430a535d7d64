// https://grafana.com/docs/tempo/latest/api_docs/#filtered-tag-values
import { parseQuery, QUERY_LENGTH_MAX, RegexBudget, type SpansetPipeline, tokenize } from '@aegisguard/traceql/syntax';

/** Comparisons of a filter that is not finished; more are not looked at. */
const PARTS_MAX = 50;

function readPipeline(text: string, regexes?: RegexBudget): SpansetPipeline | undefined {
  try {
    const { body } = parseQuery(text, regexes);
    return body.kind === 'pipeline' ? body : undefined;
  } catch {
    return undefined;
  }
}

/**
 * A filter as it is while somebody writes it, without the comparisons that are not finished: `{ .a = 1 && .b = }` is `{ .a = 1 }`. Of alternatives all or none are meant. Undefined where nothing is left to ask: an editor's lists
 * are longer then, and never in error.
 */
export function finishedPart(text: string): SpansetPipeline | undefined {
  const whole = readPipeline(text);
  if (whole !== undefined || text.length > QUERY_LENGTH_MAX) {
    return whole;
  }
  const words = tokenize(text).map(({ at }) => text.slice(at.from, at.to));
  const from = words.indexOf('{');
  const to = words.indexOf('}', from);
  const inside = words.slice(from + 1, to === -1 ? undefined : to);
  if (from === -1 || inside.some((word) => word === '||' || word === '(' || word === ')')) {
    return undefined;
  }
  const parts: string[][] = [[]];
  for (const word of inside) {
    if (word === '&&') {
      parts.push([]);
    } else {
      parts.at(-1)?.push(word);
    }
  }
  if (parts.length > PARTS_MAX) {
    return undefined;
  }
  const regexes = new RegexBudget();
  const finished = parts
    .map((part) => part.join(' '))
    .filter((part) => part !== '' && readPipeline(`{ ${part} }`, regexes) !== undefined);
  return finished.length === 0 ? undefined : readPipeline(`{ ${finished.join(' && ')} }`);
}
