// `| logfmt`: https://grafana.com/docs/loki/latest/query/log_queries/#logfmt
import type { LogfmtStage } from '../../syntax/ast/stage.ts';
import type { LineStage, LineState } from '../line-stage.ts';
import type { NeededLabels } from '../needed-labels.ts';
import { ParsedNames } from '../parsed-names.ts';
import { LogfmtDecoder } from './logfmt-decoder.ts';

const REPLACEMENT = '\ufffd';

/** A value as a label has it: a space for each character that stands for broken bytes. */
export function logfmtText(value: string): string {
  return value.includes(REPLACEMENT) ? value.replaceAll(REPLACEMENT, ' ') : value;
}

/** Every pair of a line becomes a label. What is no pair is stepped over, or with `--strict` ends it; keys without a value count with `--keep-empty` only. */
export class LogfmtLineStage implements LineStage {
  readonly #options: LogfmtStage;
  readonly #needed: NeededLabels;
  readonly #names: ParsedNames;
  readonly #decoder = new LogfmtDecoder();

  constructor(options: LogfmtStage, needed: NeededLabels) {
    this.#options = options;
    this.#needed = needed;
    this.#names = new ParsedNames(needed);
  }

  run({ line, labels }: LineState): boolean {
    if (this.#needed.isNone) {
      return true;
    }
    const { isStrict, keepsEmpty } = this.#options;
    const decoder = this.#decoder;
    decoder.begin(line);
    let isDone = false;
    while (!isDone && !decoder.isAtEnd) {
      if (!decoder.next()) {
        isDone = isStrict;
        continue;
      }
      const name = this.#names.of(decoder.key);
      const label = name === '' ? undefined : this.#names.labelFor(name, labels);
      if (label !== undefined && (keepsEmpty || decoder.value !== '')) {
        labels.setParsed(label, logfmtText(decoder.value));
        isDone = this.#needed.found(label);
      }
    }
    if (isStrict && decoder.problem !== undefined) {
      labels.fail('LogfmtParserErr', decoder.problem);
    }
    return true;
  }
}
