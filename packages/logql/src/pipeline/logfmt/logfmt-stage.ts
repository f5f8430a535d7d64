// `| logfmt`: https://grafana.com/docs/loki/latest/query/log_queries/#logfmt
import type { LogfmtStage } from '../../syntax/ast/stage.ts';
import type { LineLabels } from '../line-labels.ts';
import type { LineStage, LineState } from '../line-stage.ts';
import type { ParsedLabels, Verdict } from '../parsed-labels.ts';
import { LogfmtDecoder } from './logfmt-decoder.ts';

const REPLACEMENT = '\ufffd';

/** A value as a label has it: a space for each character that stands for broken bytes. */
export function logfmtText(value: string): string {
  return value.includes(REPLACEMENT) ? value.replaceAll(REPLACEMENT, ' ') : value;
}

/** Every pair of a line becomes a label. What is no pair is stepped over, or with `--strict` ends it; keys without a value count with `--keep-empty` only. */
export class LogfmtLineStage implements LineStage {
  readonly #options: LogfmtStage;
  readonly #parsed: ParsedLabels;
  readonly #decoder = new LogfmtDecoder();

  constructor(options: LogfmtStage, parsed: ParsedLabels) {
    this.#options = options;
    this.#parsed = parsed;
  }

  run({ line, labels }: LineState): boolean {
    if (this.#parsed.needed.isNone) {
      return true;
    }
    const { isStrict } = this.#options;
    const decoder = this.#decoder;
    decoder.begin(line);
    let verdict: Verdict = 'go on';
    while (verdict === 'go on' && !decoder.isAtEnd) {
      if (decoder.next()) {
        verdict = this.#setLabel(decoder, labels);
      } else if (isStrict) {
        break;
      }
    }
    if (isStrict && decoder.problem !== undefined) {
      labels.fail('LogfmtParserErr', decoder.problem);
    }
    return verdict !== 'drop';
  }

  #setLabel({ key, value }: LogfmtDecoder, labels: LineLabels): Verdict {
    if (value === '' && !this.#options.keepsEmpty) {
      return 'go on';
    }
    const label = this.#parsed.labelFor(this.#parsed.nameOf(key), labels);
    return label === undefined ? 'go on' : this.#parsed.set(label, logfmtText(value), labels);
  }
}
