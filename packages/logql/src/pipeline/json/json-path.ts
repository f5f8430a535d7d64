// Where an extraction finds its value: https://grafana.com/docs/loki/latest/query/log_queries/#json
import { invalidQuery } from '@aegisguard/model';

/** Names of members and numbers of elements, from the outside in. */
export type JsonPath = readonly (string | number)[];

const FIELD = /\.?([A-Za-z_][A-Za-z0-9_]*)/y;
const INDEX = /\[([0-9]{1,9})\]/y;
const QUOTED = /\["((?:[^"\\]|\\.)*)"\]/sy;
const DEPTH_MAX = 64;

/** Reads `a.b[0]["c d"]`; throws `invalid-query` for anything else. */
export function parseJsonPath(text: string): JsonPath {
  const path: (string | number)[] = [];
  let at = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    at += found?.[0].length ?? 0;
    return found?.[1];
  };
  while (at < text.length || path.length === 0) {
    const startsWithDot = text.charAt(at) === '.';
    const field = startsWithDot === path.length > 0 ? take(FIELD) : undefined;
    const quoted = field === undefined ? take(QUOTED) : undefined;
    const index = field === undefined && quoted === undefined ? take(INDEX) : undefined;
    const step = field ?? quoted?.replaceAll(/\\(.)/gs, '$1') ?? (index === undefined ? undefined : Number(index));
    if (step === undefined || path.length === DEPTH_MAX) {
      throw invalidQuery(0, `cannot parse expression [${text.slice(0, 100).toWellFormed()}]: no path of JSON members`);
    }
    path.push(step);
  }
  return path;
}
