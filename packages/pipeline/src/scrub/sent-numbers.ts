/** Integers that a double cannot hold and that are as long as a card's number may be. */
const LONG_INTEGER = /(?<!\d)\d{17,19}(?!\d)/g;

/**
 * The digits of a JSON body's long integers, as they were sent: decoders read numbers as doubles, which hold sixteen digits, and a card may have nineteen. The body is only looked at when a record has such
 * a number.
 */
export class SentNumbers {
  #body: Uint8Array | undefined;
  readonly #digits = new Map<number, string>();

  constructor(body: Uint8Array) {
    this.#body = body;
  }

  /** The digits that were sent for a number, if `isSought` says that they are; of several that are the same double the first. `isSought` must be the same each time. */
  digitsOf(value: number, isSought: (digits: string) => boolean): string | undefined {
    if (this.#body !== undefined) {
      const { buffer, byteOffset, byteLength } = this.#body;
      this.#body = undefined;
      for (const [digits] of Buffer.from(buffer, byteOffset, byteLength).toString('latin1').matchAll(LONG_INTEGER)) {
        const number = Number(digits);
        if (!this.#digits.has(number) && isSought(digits)) {
          this.#digits.set(number, digits);
        }
      }
    }
    return this.#digits.get(value);
  }
}
