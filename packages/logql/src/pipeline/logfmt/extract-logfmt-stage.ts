// `| logfmt a="b"`: https://grafana.com/docs/loki/latest/query/log_queries/#logfmt
import { invalidQuery } from '@aegisguard/model';
import type { LogfmtStage } from '../../syntax/ast/stage.ts';
import type { LineStage, LineState } from '../line-stage.ts';
import type { NeededLabels } from '../needed-labels.ts';
import { labelNameOf } from '../parsed-labels.ts';
import { LogfmtDecoder } from './logfmt-decoder.ts';
import { logfmtText } from './logfmt-stage.ts';

const KEY = /^[^\s="]+$/;

/** Labels from named keys; a label whose key is missing is empty, unless the stream has it. The last of equal keys counts. */
export class ExtractLogfmtStage implements LineStage {
  readonly #isStrict: boolean;
  readonly #needed: NeededLabels;
  readonly #labels: readonly string[];
  /** The labels of each key, which is compared as a label's name is written. */
  readonly #labelsOf = new Map<string, string[]>();
  readonly #decoder = new LogfmtDecoder();

  constructor({ extractions, isStrict }: LogfmtStage, needed: NeededLabels) {
    this.#isStrict = isStrict;
    this.#needed = needed;
    this.#labels = extractions.map(({ label }) => label);
    for (const { label, expression } of extractions) {
      if (!KEY.test(expression)) {
        throw invalidQuery(0, `cannot parse expression [${expression.slice(0, 100).toWellFormed()}]: no key of logfmt`);
      }
      const labels = this.#labelsOf.get(expression);
      if (labels === undefined) {
        this.#labelsOf.set(expression, [label]);
      } else {
        labels.push(label);
      }
    }
  }

  run({ line, labels }: LineState): boolean {
    if (this.#needed.isNone) {
      return true;
    }
    for (const label of this.#labels) {
      if (labels.parsedName(label) === label) {
        labels.setParsed(label, '');
      }
    }
    const decoder = this.#decoder;
    decoder.begin(line);
    while (!decoder.isAtEnd) {
      if (decoder.next()) {
        for (const name of this.#labelsOf.get(labelNameOf(decoder.key, false)) ?? []) {
          labels.setParsed(labels.parsedName(name), logfmtText(decoder.value));
        }
      } else if (this.#isStrict) {
        break;
      }
    }
    if (this.#isStrict && decoder.problem !== undefined) {
      labels.fail('LogfmtParserErr', decoder.problem);
    }
    return true;
  }
}
