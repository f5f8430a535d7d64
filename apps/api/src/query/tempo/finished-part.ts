// https://grafana.com/docs/tempo/latest/api_docs/#filtered-tag-values
import { parseQuery, tokenize } from '@aegisguard/traceql/syntax';

function isQuery(text: string): boolean {
  try {
    return parseQuery(text).body.kind === 'pipeline';
  } catch {
    return false;
  }
}

/**
 * A filter as it is while somebody writes it, without the comparisons that are not finished: `{ .a = 1 && .b = }` is `{ .a = 1 }`. Of alternatives all or none are meant. Undefined where nothing is left to ask: an editor's lists
 * are longer then, and never in error.
 */
export function finishedPart(text: string): string | undefined {
  if (isQuery(text)) {
    return text;
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
  const finished = parts.map((part) => part.join(' ')).filter((part) => part !== '' && isQuery(`{ ${part} }`));
  return finished.length === 0 ? undefined : `{ ${finished.join(' && ')} }`;
}
