/** Tells names apart that have become the same: the second one gets ` (2)` behind it. */
export class UniqueNames {
  /** How often a name was asked for. */
  readonly #taken = new Map<string, number>();

  /** `kept` are names that nobody else may get. */
  constructor(kept: Iterable<string>) {
    for (const name of kept) {
      this.#taken.set(name, 1);
    }
  }

  /** The name itself for the first that asks, one that nobody has for the others. */
  take(name: string): string {
    let count = (this.#taken.get(name) ?? 0) + 1;
    while (count > 1 && this.#taken.has(`${name} (${count})`)) {
      count += 1;
    }
    this.#taken.set(name, count);
    if (count === 1) {
      return name;
    }
    const unique = `${name} (${count})`;
    this.#taken.set(unique, 1);
    return unique;
  }
}
