import { AegisError, type JsonObject, type JsonValue } from '@aegisguard/model';
import { decodeJsonBody } from '../json/decode-json-body.ts';
import { isJsonObject } from '../json/is-json-object.ts';
import { nameOfJsonType } from '../json/name-of-json-type.ts';
import type { RecordFault, RecordRejection } from '../records/record-rejection.ts';

/** The body of a native batch, opened: its records are not looked at. */
export interface NativeBatch {
  /** The object that is the body. */
  readonly header: JsonObject;
  readonly records: JsonValue[];
  /** The body's text. */
  readonly text: string;
}

/** What a native body of a signal is. */
export interface NativeBatchShape {
  /** The member that is the list of records, which is also what people call them. */
  readonly member: string;
  /** Most records of one batch (contract §3). */
  readonly recordsMax: number;
}

/** Opens a body of the shape `{"<member>": […]}`. Throws `invalid-json`, `body-too-large`, `invalid-body`, `batch-too-large`. */
export function openNativeBatch(body: Uint8Array, { member, recordsMax }: NativeBatchShape): NativeBatch {
  const { value, text } = decodeJsonBody(body);
  if (!isJsonObject(value)) {
    throw new AegisError('invalid-body', {
      detail: `The body must be an object {"${member}": […]}, not ${nameOfJsonType(value)}.`,
    });
  }
  const records = value[member];
  if (!Array.isArray(records)) {
    throw new AegisError('invalid-body', { detail: `"${member}" must be an array, found ${nameOfJsonType(records)}.` });
  }
  if (records.length > recordsMax) {
    throw new AegisError('batch-too-large', {
      detail: `A batch has at most ${recordsMax} ${member}, this one has ${records.length}.`,
      members: { limit: recordsMax },
    });
  }
  return { header: value, records, text };
}

/** The refused records of a batch. */
export function judgeRecords(
  records: readonly JsonValue[],
  check: (record: JsonValue) => RecordFault | undefined,
): RecordRejection[] {
  const rejected: RecordRejection[] = [];
  for (const [index, record] of records.entries()) {
    const fault = check(record);
    if (fault !== undefined) {
      rejected.push({ index, ...fault });
    }
  }
  return rejected;
}
