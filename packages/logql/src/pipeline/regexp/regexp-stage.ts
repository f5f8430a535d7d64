// `| regexp`: https://grafana.com/docs/loki/latest/query/log_queries/#regular-expression
import { invalidQuery } from '@aegisguard/model';
import { RE2JS } from 're2js';
import type { LineStage, LineState } from '../line-stage.ts';
import type { NeededLabels } from '../needed-labels.ts';
import { ParsedNames } from '../parsed-names.ts';

/** The named groups of an expression become labels where a part of the line matches; one that took no part in it is empty. */
export class RegexpLineStage implements LineStage {
  readonly #expression: RE2JS;
  readonly #needed: NeededLabels;
  readonly #names: ParsedNames;
  readonly #groups: readonly { readonly name: string; readonly index: number }[];

  /** Throws `invalid-query` for an expression without named groups. */
  constructor(expression: string, needed: NeededLabels) {
    this.#expression = RE2JS.compile(expression);
    this.#needed = needed;
    this.#names = new ParsedNames(needed);
    this.#groups = Object.entries(this.#expression.namedGroups())
      .map(([name, index]) => ({ name: this.#names.of(name), index }))
      .sort((a, b) => a.index - b.index);
    if (this.#groups.length === 0) {
      throw invalidQuery(0, 'at least one named capture must be supplied');
    }
  }

  run({ line, labels }: LineState): boolean {
    if (this.#needed.isNone) {
      return true;
    }
    const matcher = this.#expression.matcher(line);
    if (!matcher.find()) {
      return true;
    }
    for (const { name, index } of this.#groups) {
      const label = this.#names.labelFor(name, labels);
      if (label !== undefined) {
        labels.setParsed(label, matcher.group(index) ?? '');
        this.#needed.found(label);
      }
    }
    return true;
  }
}
