import {
  ATTRIBUTE_COUNT_MAX,
  countLeaves,
  type JsonObject,
  type JsonValue,
  parseTimestamp,
  type UnixNanos,
} from '@aegisguard/model';
import { isJsonObject } from '../json/is-json-object.ts';
import { quoteInput, type RecordFault } from '../records/record-rejection.ts';
import { countUndeclared, type FieldRule } from './undeclared-fields.ts';

/** A fault of shape. */
export function invalidField(path: string, message: string): RecordFault {
  return { path, message, code: 'invalid' };
}

/** A field that must be a text with something in it. */
export function requiredTextFault(record: JsonObject, key: string): RecordFault | undefined {
  const value = record[key];
  if (typeof value === 'string' && value !== '') {
    return undefined;
  }
  const isMissing = value === undefined || value === null;
  return invalidField(`/${key}`, isMissing ? `${key} is required` : `${key} must be a text that is not empty`);
}

/** Fields that may be left out and else are texts, numbers or truth values, which are kept as texts. */
export function scalarsFault(record: JsonObject, keys: readonly string[]): RecordFault | undefined {
  for (const key of keys) {
    const value = record[key];
    const isScalar = typeof value === 'number' ? Number.isFinite(value) : typeof value !== 'object' || value === null;
    if (!isScalar) {
      return invalidField(`/${key}`, `${key} must be a text`);
    }
  }
  return undefined;
}

/** The attributes of a record or a part of it, at `prefix`: their shape, and how many there are with the fields that are kept as such. */
export function attributesFault(record: JsonObject, rule: FieldRule, prefix = ''): RecordFault | undefined {
  const { attributes } = record;
  if (attributes !== undefined && attributes !== null && !isJsonObject(attributes)) {
    return invalidField(`${prefix}/attributes`, 'attributes must be an object');
  }
  return countUndeclared(record, rule) > ATTRIBUTE_COUNT_MAX ? crowded(`${prefix}/attributes`) : undefined;
}

/** The attributes of a record's resource. */
export function resourceFault(record: JsonObject): RecordFault | undefined {
  const { resource } = record;
  if (resource !== undefined && resource !== null && !isJsonObject(resource)) {
    return invalidField('/resource', 'resource must be an object');
  }
  return countLeaves(resource ?? null, ATTRIBUTE_COUNT_MAX) > ATTRIBUTE_COUNT_MAX ? crowded('/resource') : undefined;
}

function crowded(path: string): RecordFault {
  return { path, message: `there may be at most ${ATTRIBUTE_COUNT_MAX} attributes`, code: 'too-many-attributes' };
}

/** The time in a field, or what is wrong with it. */
export function readTime(value: JsonValue | undefined, path: string, receivedAt: UnixNanos): UnixNanos | RecordFault {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (value === undefined || value === null) {
    return invalidField(path, `${name} is required`);
  }
  if (typeof value !== 'string' && typeof value !== 'number') {
    return invalidField(path, `${name} must be a text or a number`);
  }
  return (
    parseTimestamp(value, receivedAt) ??
    invalidField(
      path,
      `${quoteInput(value)} is not a time: RFC 3339, another usual form of date and time, or Unix s, ms, µs or ns`,
    )
  );
}
