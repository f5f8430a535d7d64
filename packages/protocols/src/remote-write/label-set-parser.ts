// https://prometheus.io/docs/specs/prw/remote_write_spec/#protocol
import { isUtf8 } from 'node:buffer';
import { WireReader } from '../protobuf/wire-reader.ts';
import type { LabelSet } from './label-set.ts';

/** Tag of a `Label` in the messages that have them. */
export const LABELS_TAG = 0x0a;
/** Tag of a label's name. */
export const NAME_TAG = 0x0a;
/** Tag of a label's value. */
export const VALUE_TAG = 0x12;

/** The labels that a label set's bytes say, and whether all are UTF-8. */
export interface ParsedLabels {
  readonly labels: [name: string, value: string][];
  readonly areUtf8: boolean;
}

/** Makes labels of label sets' bytes. One for a batch, so that texts which come again are made once. */
export class LabelSetParser {
  #reader = new WireReader(Buffer.alloc(0), Number.POSITIVE_INFINITY);
  #bytes: Buffer | undefined;

  /** At most `countMax` labels are read. */
  parse(set: LabelSet, countMax: number): ParsedLabels {
    const { bytes } = set;
    if (bytes !== this.#bytes) {
      this.#bytes = bytes;
      this.#reader = new WireReader(bytes, Number.POSITIVE_INFINITY);
    }
    const reader = this.#reader;
    reader.pos = set.start;
    reader.len = set.end;
    const labels: [string, string][] = [];
    let areUtf8 = true;
    while (reader.more() && labels.length < countMax) {
      reader.tag();
      const outer = reader.enter();
      let name = '';
      let value = '';
      while (reader.more()) {
        const tag = reader.tag();
        const from = reader.pos;
        if (tag === NAME_TAG) {
          name = reader.text();
          areUtf8 &&= isText(name, bytes, from, reader.pos);
        } else if (tag === VALUE_TAG) {
          value = reader.text();
          areUtf8 &&= isText(value, bytes, from, reader.pos);
        } else {
          reader.skipField(tag);
        }
      }
      reader.leave(outer);
      labels.push([name, value]);
    }
    return { labels, areUtf8 };
  }
}

/** What is not UTF-8 was read as U+FFFD, so only a text with one is looked at again. `from` is where its length begins. */
function isText(text: string, bytes: Buffer, from: number, to: number): boolean {
  return !text.includes('\uFFFD') || isUtf8(bytes.subarray(lengthEnd(bytes, from), to));
}

function lengthEnd(bytes: Buffer, from: number): number {
  let at = from;
  while ((bytes[at] ?? 0) > 127) {
    at += 1;
  }
  return at + 1;
}
