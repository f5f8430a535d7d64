// `| pattern`: https://grafana.com/docs/loki/latest/query/log_queries/#pattern
import { invalidQuery } from '@aegisguard/model';
import type { LineLabels } from '../line-labels.ts';
import type { LineStage, LineState } from '../line-stage.ts';
import type { ParsedLabels } from '../parsed-labels.ts';
import { type PatternPart, parsePattern } from './parse-pattern.ts';

const UNNAMED = '_';

/** A capture, and the text that ends it; without one, it takes the rest of the line. */
interface Capture {
  readonly name: string;
  readonly until: string | undefined;
}

/** What stands between the texts of a pattern becomes labels. The line must begin with the first text; where a later one is missing, what stands before it has the rest of the line. */
export class PatternLineStage implements LineStage {
  readonly #start: string;
  readonly #captures: readonly Capture[];
  readonly #parsed: ParsedLabels;

  /** Throws `invalid-query` for a pattern that gives no labels, or one twice. */
  constructor(pattern: string, parsed: ParsedLabels) {
    const parts = parsePattern(pattern);
    this.#start = textOf(parts[0]) ?? '';
    this.#captures = parts.flatMap((part, i) =>
      part.kind === 'capture' ? [{ name: part.name, until: textOf(parts[i + 1]) }] : [],
    );
    this.#parsed = parsed;
    const names = this.#captures.map(({ name }) => name).filter((name) => name !== UNNAMED);
    if (names.length === 0) {
      throw invalidQuery(0, 'at least one capture is required');
    }
    const twice = names.find((name, i) => names.indexOf(name) !== i);
    if (twice !== undefined) {
      throw invalidQuery(0, `duplicate capture name (${twice.slice(0, 100)})`);
    }
  }

  run({ line, labels }: LineState): boolean {
    if (this.#parsed.needed.isNone || line === '' || !line.startsWith(this.#start)) {
      return true;
    }
    let at = this.#start.length;
    for (const { name, until } of this.#captures) {
      const found = until === undefined ? -1 : line.indexOf(until, at);
      if (!this.#setLabel(name, found === -1 ? line.slice(at) : line.slice(at, found), labels)) {
        return false;
      }
      if (found === -1) {
        return true;
      }
      at = found + (until?.length ?? 0);
    }
    return true;
  }

  /** False when the log is dropped. */
  #setLabel(name: string, value: string, labels: LineLabels): boolean {
    const label = name === UNNAMED ? undefined : this.#parsed.labelFor(name, labels);
    return label === undefined || this.#parsed.set(label, value, labels) !== 'drop';
  }
}

function textOf(part: PatternPart | undefined): string | undefined {
  return part?.kind === 'text' ? part.text : undefined;
}
