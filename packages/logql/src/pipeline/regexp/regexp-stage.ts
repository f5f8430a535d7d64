// `| regexp`: https://grafana.com/docs/loki/latest/query/log_queries/#regular-expression
import { invalidQuery } from '@aegisguard/model';
import { BoundedRegex } from '../bounded-regex.ts';
import type { LineStage, LineState } from '../line-stage.ts';
import type { ParsedLabels } from '../parsed-labels.ts';

/** The named groups of an expression become labels where a part of the line matches; one that took no part in it is empty. */
export class RegexpLineStage implements LineStage {
  readonly #expression: BoundedRegex;
  readonly #parsed: ParsedLabels;
  readonly #groups: readonly { readonly name: string; readonly index: number }[];

  /** Throws `invalid-query` for an expression without named groups. */
  constructor(expression: string, parsed: ParsedLabels) {
    this.#expression = new BoundedRegex(expression);
    this.#parsed = parsed;
    this.#groups = Object.entries(this.#expression.namedGroups())
      .map(([name, index]) => ({ name: parsed.nameOf(name), index }))
      .sort((a, b) => a.index - b.index);
    if (this.#groups.length === 0) {
      throw invalidQuery(0, 'at least one named capture must be supplied');
    }
  }

  run({ line, labels }: LineState): boolean {
    // Telling whether it matches is several times as fast as telling where.
    if (this.#parsed.needed.isNone || !this.#expression.test(line, labels.work)) {
      return true;
    }
    const matcher = this.#expression.find(line, labels.work);
    if (matcher === undefined) {
      return true;
    }
    for (const { name, index } of this.#groups) {
      const label = this.#parsed.labelFor(name, labels);
      if (label !== undefined && this.#parsed.set(label, matcher.group(index) ?? '', labels) === 'drop') {
        return false;
      }
    }
    return true;
  }
}
