// https://prometheus.io/docs/specs/prw/remote_write_spec_2_0/#series-labels
import type { LabelBytes } from '../metrics/label-bytes.ts';
import { LABEL_COUNT_MAX, LABEL_NAME_BYTES_MAX, LABEL_VALUE_BYTES_MAX } from '../metrics/label-limits.ts';
import type { WireReader } from '../protobuf/wire-reader.ts';
import { ByteRun } from './byte-run.ts';
import type { LabelProblem, LabelSet } from './label-set.ts';
import { LABELS_TAG, NAME_TAG, VALUE_TAG } from './label-set-parser.ts';
import type { SymbolTable } from './symbol-table.ts';

const UNPACKED_TAG = 0x08;

/** The labels of version 2, written out as version 1 has them: so the same series is the same key in both, and one parser reads both. */
export class ReferencedLabels implements LabelSet {
  readonly start = 0;
  readonly #symbols: SymbolTable;
  readonly #written: LabelBytes;
  readonly #run = new ByteRun();
  #references = 0;
  #name = 0;
  #problem: LabelProblem | undefined;

  constructor(symbols: SymbolTable, written: LabelBytes) {
    this.#symbols = symbols;
    this.#written = written;
  }

  get bytes(): Buffer {
    return this.#run.bytes;
  }

  get view(): DataView {
    return this.#run.view;
  }

  get isWhole(): boolean {
    return this.problem === undefined && this.#references <= LABEL_COUNT_MAX * 2;
  }

  get end(): number {
    return this.#run.length;
  }

  get count(): number {
    return Math.ceil(this.#references / 2);
  }

  get problem(): LabelProblem | undefined {
    return this.#problem ?? (this.#references % 2 === 0 ? undefined : 'odd-references');
  }

  clear(): void {
    this.#problem = undefined;
    this.#run.clear();
    this.#references = 0;
  }

  take(reader: WireReader, tag: number): void {
    if (tag === UNPACKED_TAG) {
      this.#add(reader.uint32());
      return;
    }
    const outer = reader.enter();
    while (reader.more()) {
      this.#add(reader.uint32());
    }
    reader.leave(outer);
  }

  #add(reference: number): void {
    this.#references += 1;
    const isName = this.#references % 2 !== 0;
    if (reference >= this.#symbols.count) {
      this.#problem ??= 'unknown-symbol';
    } else if (isName) {
      this.#name = reference;
    } else if (this.#problem === undefined && this.#references <= LABEL_COUNT_MAX * 2) {
      this.#write(this.#name, reference);
    }
  }

  #write(name: number, value: number): void {
    const symbols = this.#symbols;
    const run = this.#run;
    const nameAt = symbols.startOf(name);
    const nameBytes = symbols.endOf(name) - nameAt;
    const valueAt = symbols.startOf(value);
    const valueBytes = symbols.endOf(value) - valueAt;
    if (nameBytes > LABEL_NAME_BYTES_MAX || valueBytes > LABEL_VALUE_BYTES_MAX) {
      this.#problem = nameBytes > LABEL_NAME_BYTES_MAX ? 'name-too-long' : 'value-too-long';
      return;
    }
    const labelBytes = 2 + varintBytes(nameBytes) + nameBytes + varintBytes(valueBytes) + valueBytes;
    this.#written.take(labelBytes);
    run.byte(LABELS_TAG);
    run.varint(labelBytes);
    run.byte(NAME_TAG);
    run.varint(nameBytes);
    run.copy(symbols.body, nameAt, nameAt + nameBytes);
    run.byte(VALUE_TAG);
    run.varint(valueBytes);
    run.copy(symbols.body, valueAt, valueAt + valueBytes);
  }
}

/** Of a number below 2^14, which every symbol's length is that gets here. */
function varintBytes(value: number): number {
  return value < 128 ? 1 : 2;
}
