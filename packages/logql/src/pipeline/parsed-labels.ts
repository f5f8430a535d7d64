import { sanitizeLabelName } from '@aegisguard/model';
import { copyText } from './copy-text.ts';
import type { LineLabels } from './line-labels.ts';
import type { NeededLabels } from './needed-labels.ts';

/** Lines of one sender have some dozens of names; those of a hostile one are made anew each time. */
const NAMES_MAX = 1024;
const KEY_LENGTH_MAX = 128;
const DIGIT_FIRST = /^[0-9]/;

/** How a parser goes on behind a label: there may be more, it has all that is needed, or the log is dropped whatever else is in its line. */
export type Verdict = 'go on' | 'done' | 'drop';

/** Whether a log with this label, the latest to be set, may stay. */
export type EarlyTest = (labels: LineLabels) => boolean;

/** A legal label name for what a line calls a value; empty for a blank name. */
export function labelNameOf(key: string, isFirst: boolean): string {
  const name = sanitizeLabelName(key.trim());
  return isFirst && DIGIT_FIRST.test(name) ? `_${name}` : name;
}

/** Takes what a parser finds in lines, and makes labels of it: https://grafana.com/docs/loki/latest/query/log_queries/#parser-expression */
export class ParsedLabels {
  readonly needed: NeededLabels;
  readonly #earlyTests: ReadonlyMap<string, EarlyTest>;
  readonly #names = new Map<string, string>();

  /** `earlyTests` are those of the filters that follow the parser, by the label that they ask for. */
  constructor(needed: NeededLabels, earlyTests: ReadonlyMap<string, EarlyTest> = new Map()) {
    this.needed = needed;
    this.#earlyTests = earlyTests;
  }

  /** The name of a label for a key of the line; empty when it can have none. */
  nameOf(key: string): string {
    let name = this.#names.get(key);
    if (name === undefined) {
      name = labelNameOf(key, true);
      if (this.#names.size < NAMES_MAX && key.length <= KEY_LENGTH_MAX) {
        this.#names.set(copyText(key), name);
      }
    }
    return name;
  }

  /** The label to set for a name, which is another one where the log has it already; undefined when nobody needs it, or when it was found before: the first one counts. */
  labelFor(name: string, labels: LineLabels): string | undefined {
    if (name === '' || !this.needed.wants(name)) {
      return;
    }
    const label = labels.parsedName(name);
    return this.needed.wants(label) && !labels.wasParsed(label) ? label : undefined;
  }

  /** Sets a label that `labelFor` gave. */
  set(label: string, value: string, labels: LineLabels): Verdict {
    labels.setParsed(label, value);
    if (this.#earlyTests.size > 0 && this.#earlyTests.get(label)?.(labels) === false) {
      return 'drop';
    }
    return this.needed.found(label) ? 'done' : 'go on';
  }
}
