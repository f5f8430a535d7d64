import type { FunnelPath } from '@aegisguard/model';
import { eachNativeBlock, readColumn } from '../native-block-reader.ts';

const TRACE_ID_BYTES = 16;
const SPAN_ID_BYTES = 8;
const COLUMNS_OF_STEP = 4;

/** The columns of a step. */
interface StepColumns {
  readonly starts: BigInt64Array;
  readonly spanIds: Buffer;
  /** 0: not passed. */
  readonly bits: Uint8Array;
  readonly errors: Uint8Array;
}

/** A row of a block. */
class Row implements FunnelPath {
  readonly length: number;
  readonly #traceIds: Buffer;
  readonly #steps: readonly StepColumns[];
  readonly #row: number;

  constructor(traceIds: Buffer, steps: readonly StepColumns[], row: number) {
    this.#traceIds = traceIds;
    this.#steps = steps;
    this.#row = row;
    const missing = steps.findIndex(({ bits }) => bits[row] === 0);
    this.length = missing < 0 ? steps.length : missing;
  }

  get traceId(): string {
    return hexOf(this.#traceIds, this.#row, TRACE_ID_BYTES);
  }

  startOf(step: number): bigint {
    return this.#steps[step]?.starts[this.#row] ?? 0n;
  }

  spanIdOf(step: number): string {
    const ids = this.#steps[step]?.spanIds;
    return ids === undefined ? '' : hexOf(ids, this.#row, SPAN_ID_BYTES);
  }

  isErrorAt(step: number): boolean {
    return this.#steps[step]?.errors[this.#row] === 1;
  }
}

/** Reads what `funnelSql` selects. */
export class FunnelBlocks {
  readonly #steps: number;

  constructor(steps: number) {
    this.#steps = steps;
  }

  *paths(piece: Uint8Array): Generator<FunnelPath> {
    for (const { rows, place } of eachNativeBlock(piece, 1 + COLUMNS_OF_STEP * this.#steps)) {
      const next = (width: number): ArrayBuffer => readColumn(place, () => place.take(rows * width));
      const traceIds = Buffer.from(next(TRACE_ID_BYTES));
      const steps = Array.from(
        { length: this.#steps },
        (): StepColumns => ({
          starts: new BigInt64Array(next(8)),
          spanIds: Buffer.from(next(SPAN_ID_BYTES)),
          bits: new Uint8Array(next(1)),
          errors: new Uint8Array(next(1)),
        }),
      );
      for (let row = 0; row < rows; row += 1) {
        yield new Row(traceIds, steps, row);
      }
    }
  }
}

function hexOf(ids: Buffer, row: number, width: number): string {
  return ids.toString('hex', row * width, (row + 1) * width);
}
