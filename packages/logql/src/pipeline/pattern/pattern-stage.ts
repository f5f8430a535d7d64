// `| pattern`: https://grafana.com/docs/loki/latest/query/log_queries/#pattern
import { invalidQuery } from '@aegisguard/model';
import type { LineLabels } from '../line-labels.ts';
import type { LineStage, LineState } from '../line-stage.ts';
import type { NeededLabels } from '../needed-labels.ts';
import { ParsedNames } from '../parsed-names.ts';
import { type PatternPart, parsePattern } from './parse-pattern.ts';

const UNNAMED = '_';

/** What stands between the texts of a pattern becomes labels. The line must begin with the first text; where a later one is missing, what stands before it has the rest of the line. */
export class PatternLineStage implements LineStage {
  readonly #parts: readonly PatternPart[];
  readonly #needed: NeededLabels;
  readonly #names: ParsedNames;

  /** Throws `invalid-query` for a pattern that gives no labels, or one twice. */
  constructor(pattern: string, needed: NeededLabels) {
    this.#parts = parsePattern(pattern);
    this.#needed = needed;
    this.#names = new ParsedNames(needed);
    const names = this.#parts.flatMap((part) => (part.kind === 'capture' && part.name !== UNNAMED ? [part.name] : []));
    if (names.length === 0) {
      throw invalidQuery(0, 'at least one capture is required');
    }
    const twice = names.find((name, i) => names.indexOf(name) !== i);
    if (twice !== undefined) {
      throw invalidQuery(0, `duplicate capture name (${twice.slice(0, 100)})`);
    }
  }

  run({ line, labels }: LineState): boolean {
    if (this.#needed.isNone || line === '') {
      return true;
    }
    let at = 0;
    let capture = '';
    for (const part of this.#parts) {
      if (part.kind === 'capture') {
        capture = part.name;
        continue;
      }
      const found = line.indexOf(part.text, at);
      if (capture === '') {
        if (!line.startsWith(part.text)) {
          return true;
        }
      } else {
        this.#setLabel(capture, found === -1 ? line.slice(at) : line.slice(at, found), labels);
        if (found === -1) {
          return true;
        }
        capture = '';
      }
      at = found + part.text.length;
    }
    if (capture !== '') {
      this.#setLabel(capture, line.slice(at), labels);
    }
    return true;
  }

  #setLabel(name: string, value: string, labels: LineLabels): void {
    const label = name === UNNAMED ? undefined : this.#names.labelFor(name, labels);
    if (label !== undefined) {
      labels.setParsed(label, value);
      this.#needed.found(label);
    }
  }
}
