/** The records of a batch that the gateway refused, asked for in the order of the batch. */
export class RejectedIndexes {
  readonly #rejected: readonly number[];
  #at = 0;
  #record = 0;

  /** `rejected` ascends. */
  constructor(rejected: readonly number[]) {
    this.#rejected = rejected;
  }

  /** Whether the next record was refused. */
  next(): boolean {
    const isRejected = this.#rejected[this.#at] === this.#record;
    this.#record += 1;
    if (isRejected) {
      this.#at += 1;
    }
    return isRejected;
  }

  /** Whether all of the next `count` records were refused; if so, they are passed over. */
  passAll(count: number): boolean {
    const areAll =
      this.#rejected[this.#at] === this.#record && this.#rejected[this.#at + count - 1] === this.#record + count - 1;
    if (areAll) {
      this.pass(count);
    }
    return areAll;
  }

  /** Passes over the next `count` records. */
  pass(count: number): void {
    this.#record += count;
    while ((this.#rejected[this.#at] ?? this.#record) < this.#record) {
      this.#at += 1;
    }
  }
}
