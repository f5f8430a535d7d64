// `| pattern`: https://grafana.com/docs/loki/latest/query/log_queries/#pattern
import { invalidQuery } from '@aegisguard/model';
import type { LineLabels } from '../line-labels.ts';
import type { LineStage, LineState } from '../line-stage.ts';
import type { ParsedLabels } from '../parsed-labels.ts';
import { type PatternPart, parsePattern } from './parse-pattern.ts';

const UNNAMED = '_';

/** What stands between the texts of a pattern becomes labels. The line must begin with the first text; where a later one is missing, what stands before it has the rest of the line. */
export class PatternLineStage implements LineStage {
  readonly #parts: readonly PatternPart[];
  readonly #parsed: ParsedLabels;

  /** Throws `invalid-query` for a pattern that gives no labels, or one twice. */
  constructor(pattern: string, parsed: ParsedLabels) {
    this.#parts = parsePattern(pattern);
    this.#parsed = parsed;
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
    if (this.#parsed.needed.isNone || line === '') {
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
        const value = found === -1 ? line.slice(at) : line.slice(at, found);
        if (!this.#setLabel(capture, value, labels)) {
          return false;
        }
        if (found === -1) {
          return true;
        }
        capture = '';
      }
      at = found + part.text.length;
    }
    return capture === '' || this.#setLabel(capture, line.slice(at), labels);
  }

  /** False when the log is dropped. */
  #setLabel(name: string, value: string, labels: LineLabels): boolean {
    const label = name === UNNAMED ? undefined : this.#parsed.labelFor(name, labels);
    return label === undefined || this.#parsed.set(label, value, labels) !== 'drop';
  }
}
