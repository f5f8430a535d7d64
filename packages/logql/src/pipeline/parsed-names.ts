import { sanitizeLabelName } from '@aegisguard/model';
import type { LineLabels } from './line-labels.ts';
import type { NeededLabels } from './needed-labels.ts';

/** Lines of one sender have some dozens of names; those of a hostile one are made anew each time. */
const NAMES_MAX = 1024;
const KEY_LENGTH_MAX = 128;
const DIGIT_FIRST = /^[0-9]/;

/** A legal label name for what a line calls a value; empty for a blank name. */
export function labelNameOf(key: string, isFirst: boolean): string {
  const name = sanitizeLabelName(key.trim());
  return isFirst && DIGIT_FIRST.test(name) ? `_${name}` : name;
}

/** The label names that a parser gives to what it finds in lines. */
export class ParsedNames {
  readonly #needed: NeededLabels;
  readonly #names = new Map<string, string>();

  constructor(needed: NeededLabels) {
    this.#needed = needed;
  }

  /** The label that a key of the line is, for `labelFor`; empty when it is none. */
  of(key: string): string {
    let name = this.#names.get(key);
    if (name === undefined) {
      name = labelNameOf(key, true);
      if (this.#names.size < NAMES_MAX && key.length <= KEY_LENGTH_MAX) {
        // A part of a line keeps the whole line in memory; a copy does not.
        this.#names.set(Buffer.from(key, 'utf16le').toString('utf16le'), name);
      }
    }
    return name;
  }

  /** The label to set for a name, which is another one where the stream has it; undefined when nobody needs it. */
  labelFor(name: string, labels: LineLabels): string | undefined {
    const label = labels.isOfStream(name) ? `${name}_extracted` : name;
    return this.#needed.wants(label) ? label : undefined;
  }
}
