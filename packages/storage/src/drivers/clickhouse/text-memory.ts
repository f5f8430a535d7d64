/** What was made of texts, remembered: so many of them, and so many characters together. Beyond that it begins anew, since what is asked for again and again soon is there again. */
export class TextMemory<Made> {
  readonly #entriesMax: number;
  readonly #lengthMax: number;
  readonly #made = new Map<string, Made>();
  #length = 0;

  constructor(most: { readonly entries: number; readonly length: number }) {
    this.#entriesMax = most.entries;
    this.#lengthMax = most.length;
  }

  /** What was made of a text, or is made now. */
  of(text: string, make: () => Made): Made {
    const known = this.#made.get(text);
    if (known !== undefined) {
      return known;
    }
    const made = make();
    if (this.#made.size >= this.#entriesMax || this.#length + text.length > this.#lengthMax) {
      this.#made.clear();
      this.#length = 0;
    }
    if (text.length <= this.#lengthMax) {
      this.#made.set(text, made);
      this.#length += text.length;
    }
    return made;
  }

  /** Characters of the texts that are remembered. */
  get length(): number {
    return this.#length;
  }
}
