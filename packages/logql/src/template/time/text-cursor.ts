/** `September` and `Wednesday` are the longest. */
const NAME_LENGTH_MAX = 9;

/** Reads a text from its beginning to its end. */
export class TextCursor {
  #rest: string;

  constructor(text: string) {
    this.#rest = text;
  }

  get isAtEnd(): boolean {
    return this.#rest === '';
  }

  /** Takes what the pattern, which begins with `^`, matches; undefined, and nothing taken, where it does not. */
  take(pattern: RegExp): string | undefined {
    const match = pattern.exec(this.#rest)?.[0];
    if (match !== undefined) {
      this.#rest = this.#rest.slice(match.length);
    }
    return match;
  }

  /** Takes a text as it stands; a space stands for any number of them. */
  skipLiteral(literal: string): boolean {
    for (const part of literal.match(/ +|[^ ]+/g) ?? []) {
      if (part.startsWith(' ')) {
        if (this.#rest !== '' && !this.#rest.startsWith(' ')) {
          return false;
        }
        this.take(/^ */);
      } else if (this.#rest.startsWith(part)) {
        this.#rest = this.#rest.slice(part.length);
      } else {
        return false;
      }
    }
    return true;
  }

  /** Takes one of the names, in any case, and gives its index. */
  takeName(names: readonly string[]): number | undefined {
    const lower = this.#rest.slice(0, NAME_LENGTH_MAX).toLowerCase();
    const index = names.findIndex((name) => lower.startsWith(name.toLowerCase()));
    if (index === -1) {
      return;
    }
    this.#rest = this.#rest.slice(names[index]?.length);
    return index;
  }
}
