/** Points that are found one after the other, in columns of a size known beforehand. */
export class PointColumns {
  readonly #timestampsMs: Float64Array;
  readonly #values: Float64Array;
  #count = 0;

  constructor(pointsMax: number) {
    this.#timestampsMs = new Float64Array(pointsMax);
    this.#values = new Float64Array(pointsMax);
  }

  push(timestampMs: number, value: number): void {
    this.#timestampsMs[this.#count] = timestampMs;
    this.#values[this.#count] = value;
    this.#count += 1;
  }

  /** As many as were found; what was reserved for more is let go. */
  columns(): { readonly timestampsMs: Float64Array; readonly values: Float64Array } {
    return { timestampsMs: this.#timestampsMs.slice(0, this.#count), values: this.#values.slice(0, this.#count) };
  }
}
