// https://grafana.com/docs/loki/latest/get-started/labels/
import { type JsonObject, type JsonValue, setMember } from '@aegisguard/model';
import type { RecordFault, RejectionCode } from '../records/record-rejection.ts';
import { quoteInput } from '../records/record-rejection.ts';
import { STREAM_LABEL_NAME_BYTES_MAX, STREAM_LABEL_VALUE_BYTES_MAX, STREAM_LABELS_MAX } from './push-limits.ts';

/** A stream's labels as far as they could be read, and what is wrong with them. A fault refuses all entries of the stream. */
export class StreamLabels {
  readonly labels: JsonObject = {};
  fault: RecordFault | undefined;
  /** Names and values together, in UTF-16 units. */
  chars = 0;
  #count = 0;

  /** Adds a label; false when nothing more is worth reading. */
  add(name: string, value: string): boolean {
    this.#count += 1;
    if (this.#count > STREAM_LABELS_MAX) {
      return this.refuse('too-many-labels', `a stream has at most ${STREAM_LABELS_MAX} labels`);
    }
    if (name === '') {
      return this.refuse('invalid', 'a label needs a name');
    }
    if (isLonger(name, STREAM_LABEL_NAME_BYTES_MAX)) {
      const message = `the label name ${quoteInput(name)} is longer than ${STREAM_LABEL_NAME_BYTES_MAX} bytes`;
      return this.refuse('label-name-too-long', message);
    }
    if (isLonger(value, STREAM_LABEL_VALUE_BYTES_MAX)) {
      const message = `the value of the label ${quoteInput(name)} is longer than ${STREAM_LABEL_VALUE_BYTES_MAX} bytes`;
      return this.refuse('label-value-too-long', message);
    }
    if (Object.hasOwn(this.labels, name)) {
      return this.refuse('invalid', `the label ${quoteInput(name)} stands twice`);
    }
    this.chars += name.length + value.length;
    setMember(this.labels, name, value);
    return true;
  }

  /** Keeps the first fault. */
  refuse(code: RejectionCode, message: string): false {
    this.fault ??= { path: '/stream', message, code };
    return false;
  }
}

/** The labels of a JSON stream: an object of texts. */
export function readJsonLabels(stream: JsonValue | undefined): StreamLabels {
  const result = new StreamLabels();
  if (typeof stream !== 'object' || stream === null || Array.isArray(stream)) {
    result.refuse('invalid', 'stream must be an object of labels');
    return result;
  }
  for (const name in stream) {
    const value = stream[name];
    if (typeof value !== 'string') {
      result.refuse('invalid', `the value of the label ${quoteInput(name)} must be a text`);
      break;
    }
    if (!result.add(name, value)) {
      break;
    }
  }
  return result;
}

function isLonger(text: string, bytesMax: number): boolean {
  return text.length * 3 > bytesMax && Buffer.byteLength(text) > bytesMax;
}
