// https://prometheus.io/docs/specs/prw/remote_write_spec_2_0/#symbols
import { AegisError } from '@aegisguard/model';
import type { WireReader } from '../protobuf/wire-reader.ts';

/** A symbol takes two bytes at least, so a body could hold more of them than are worth keeping the places of. A power of two, as the capacity is. */
const SYMBOLS_MAX = 2 ** 21;
const CAPACITY_INITIAL = 1024;

/** Where the texts of a version 2 body stand. They are made only when somebody asks. */
export class SymbolTable {
  readonly body: Buffer;
  count = 0;
  /** Positions in the body, two a symbol: where it begins and where it ends. */
  #places = new Uint32Array(CAPACITY_INITIAL * 2);

  constructor(body: Buffer) {
    this.body = body;
  }

  /** Takes the next symbol, whose tag was just read. */
  add(reader: WireReader): void {
    const at = this.count * 2;
    if (at === this.#places.length) {
      this.#grow();
    }
    const length = reader.skipDelimited();
    this.#places[at] = reader.pos - length;
    this.#places[at + 1] = reader.pos;
    this.count += 1;
  }

  startOf(reference: number): number {
    return this.#places[reference * 2] ?? 0;
  }

  endOf(reference: number): number {
    return this.#places[reference * 2 + 1] ?? 0;
  }

  /** A symbol as a text; `''` for a reference to none. */
  text(reference: number): string {
    return reference < this.count ? this.body.toString('utf8', this.startOf(reference), this.endOf(reference)) : '';
  }

  #grow(): void {
    if (this.count >= SYMBOLS_MAX) {
      throw new AegisError('batch-too-large', {
        detail: `A batch has at most ${SYMBOLS_MAX} symbols.`,
        members: { limit: SYMBOLS_MAX },
      });
    }
    const larger = new Uint32Array(this.#places.length * 2);
    larger.set(this.#places);
    this.#places = larger;
  }
}
