// Patterns: https://grafana.com/docs/loki/latest/query/log_queries/#pattern
import { invalidQuery } from '@aegisguard/model';

/** A text that stands in the line, or `<name>`; `_` takes up a part of the line that nobody wants. */
export type PatternPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'capture'; readonly name: string };

const CAPTURE = /<([A-Za-z_][A-Za-z0-9_]*)>/g;

/** Parts in order; texts do not follow one another. Throws `invalid-query` where captures do. */
export function parsePattern(pattern: string): readonly PatternPart[] {
  const parts: PatternPart[] = [];
  let at = 0;
  for (const { 0: capture, 1: name = '', index } of pattern.matchAll(CAPTURE)) {
    if (index > at) {
      parts.push({ kind: 'text', text: pattern.slice(at, index) });
    } else if (parts.length > 0) {
      throw invalidQuery(0, 'found consecutive capture: put a text between the captures of a pattern');
    }
    parts.push({ kind: 'capture', name });
    at = index + capture.length;
  }
  if (at < pattern.length) {
    parts.push({ kind: 'text', text: pattern.slice(at) });
  }
  return parts;
}
