const EXTRACTED = '_extracted';

/**
 * Which labels parsers have to find, as Loki tells its own: with a list, a parser stops when it has them all, so that it does not notice errors further on in the
 * line; with an empty list, parsers do nothing.
 */
export class NeededLabels {
  readonly #names: ReadonlySet<string> | undefined;
  readonly #found = new Set<string>();

  /** Without names, every label is needed. */
  constructor(names?: Iterable<string>) {
    this.#names = names === undefined ? undefined : new Set([...names].flatMap(withOriginal));
  }

  /** True when parsers need not run. */
  get isNone(): boolean {
    return this.#names !== undefined && this.#names.size === 0;
  }

  /** Starts over with another log. */
  begin(): void {
    if (this.#found.size > 0) {
      this.#found.clear();
    }
  }

  /** Whether a label of this name is needed. */
  wants(name: string): boolean {
    return this.#names === undefined || this.#names.has(name);
  }

  /** Whether a label that begins so is needed. */
  wantsBehind(prefix: string): boolean {
    if (this.#names === undefined) {
      return true;
    }
    for (const name of this.#names) {
      if (name.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  /** Notes that a label is found; true when all are. */
  found(name: string): boolean {
    if (this.#names === undefined) {
      return false;
    }
    if (this.#names.has(name)) {
      this.#found.add(name);
    }
    return this.#found.size === this.#names.size;
  }
}

/** A label that was renamed was looked for under its name in the line. */
function withOriginal(name: string): readonly string[] {
  return name.endsWith(EXTRACTED) ? [name, name.slice(0, -EXTRACTED.length)] : [name];
}
