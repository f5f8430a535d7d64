// https://prometheus.io/docs/specs/prw/remote_write_spec/#protocol
import type { WireReader } from '../protobuf/wire-reader.ts';
import { ByteRun, viewOf } from './byte-run.ts';

/**
 * The labels of a series or an exemplar while its message is walked, as the bytes of version 1's `Label` messages one after another. They are nearly always so in the body
 * and are not copied then.
 */
export interface LabelSet {
  /** What `start` and `end` are positions in. */
  readonly bytes: Buffer;
  readonly view: DataView;
  readonly start: number;
  readonly end: number;
  /** Of labels that were sent; of those beyond the limit the bytes may be missing. */
  readonly count: number;
  /** Whether the bytes say all of the labels. */
  readonly isWhole: boolean;
  /** Why the labels cannot be told, if so. */
  readonly problem: LabelProblem | undefined;

  /** Before a message. */
  clear(): void;
  /** Takes the field whose tag, which begins at `tagAt`, was just read. */
  take(reader: WireReader, tag: number, tagAt: number): void;
}

/** What can be wrong with labels before they are texts. */
export type LabelProblem = 'odd-references' | 'unknown-symbol' | 'name-too-long' | 'value-too-long';

/** The labels of version 1. */
export class InlineLabels implements LabelSet {
  readonly problem = undefined;
  readonly isWhole = true;
  bytes: Buffer;
  view: DataView;
  start = 0;
  end = 0;
  count = 0;
  readonly #body: Buffer;
  readonly #bodyView: DataView;
  readonly #scratch = new ByteRun();

  constructor(body: Buffer) {
    this.#body = body;
    this.#bodyView = viewOf(body);
    this.bytes = body;
    this.view = this.#bodyView;
  }

  clear(): void {
    this.bytes = this.#body;
    this.view = this.#bodyView;
    this.start = 0;
    this.end = 0;
    this.count = 0;
  }

  take(reader: WireReader, _tag: number, tagAt: number): void {
    reader.skipDelimited();
    this.count += 1;
    if (this.count === 1) {
      this.start = tagAt;
      this.end = reader.pos;
    } else if (this.bytes === this.#body && tagAt === this.end) {
      this.end = reader.pos;
    } else {
      this.#gather(tagAt, reader.pos);
    }
  }

  /** Something stands between the labels. */
  #gather(start: number, end: number): void {
    const scratch = this.#scratch;
    if (this.bytes === this.#body) {
      scratch.clear();
      scratch.copy(this.#body, this.start, this.end);
      this.start = 0;
    }
    scratch.copy(this.#body, start, end);
    this.bytes = scratch.bytes;
    this.view = scratch.view;
    this.end = scratch.length;
  }
}
