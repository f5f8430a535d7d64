import { type Matcher, RE2JS } from 're2js';
import { LineWork } from './line-work.ts';

/** An RE2 expression that looks at no more of a text than there is work left for. */
export class BoundedRegex {
  readonly #expression: RE2JS;
  readonly #size: number;
  /** For texts that are no part of a line's pipeline: each has as much as a line. */
  readonly #alone = new LineWork();

  constructor(expression: string, flags = 0) {
    this.#expression = RE2JS.compile(expression, flags);
    this.#size = Math.max(1, this.#expression.programSize());
  }

  /** Whether a part of the text matches. */
  test(text: string, work = this.#anew()): boolean {
    return this.#expression.test(work.lookedAt(text, this.#size));
  }

  /** Whether the whole text matches; one that is too long to be looked at does not. */
  matches(text: string, work = this.#anew()): boolean {
    const seen = work.lookedAt(text, this.#size);
    return seen.length === text.length && this.#expression.matches(seen);
  }

  /** The first match. */
  find(text: string, work = this.#anew()): Matcher | undefined {
    const matcher = this.#expression.matcher(work.lookedAt(text, this.#size));
    return matcher.find() ? matcher : undefined;
  }

  /** The indexes of its named groups. */
  namedGroups(): Readonly<Record<string, number>> {
    return this.#expression.namedGroups();
  }

  #anew(): LineWork {
    this.#alone.begin();
    return this.#alone;
  }
}
