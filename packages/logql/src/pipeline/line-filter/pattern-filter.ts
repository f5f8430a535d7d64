// `|>` and `!>`: https://grafana.com/docs/loki/latest/query/log_queries/#pattern-match-filter
import { invalidQuery } from '@aegisguard/model';
import { type PatternPart, parsePattern } from '../pattern/parse-pattern.ts';

/** A pattern made ready for whole lines: texts with at least one character between them, each looked for where it comes next. */
export class PatternFilter {
  readonly #parts: readonly PatternPart[];

  /** Throws `invalid-query` for a pattern that a filter cannot have. */
  constructor(pattern: string) {
    this.#parts = parsePattern(pattern);
    const isNamed = this.#parts.some((part) => part.kind === 'capture' && part.name !== '_');
    if (isNamed) {
      throw invalidQuery(0, 'named captures are not allowed');
    }
  }

  /** Whether the whole line fits. */
  test(line: string): boolean {
    const parts = this.#parts;
    const last = parts.at(-1);
    if (line === '' || last === undefined) {
      return line === '' && last === undefined;
    }
    let at = 0;
    for (let i = 0; i < parts.length; i += 1) {
      const part = parts[i];
      if (part?.kind !== 'text') {
        continue;
      }
      const found = i === 0 ? (line.startsWith(part.text) ? 0 : -1) : line.indexOf(part.text, at);
      if (found === -1 || (i > 0 && found === at)) {
        return false;
      }
      at = found + part.text.length;
    }
    const hasRest = at < line.length;
    return hasRest === (last.kind === 'capture');
  }
}
