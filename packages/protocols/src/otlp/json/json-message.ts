// https://protobuf.dev/programming-guides/json/
import { ATTRIBUTE_COUNT_MAX, type JsonObject } from '@aegisguard/model';
import { isJsonObject } from '../../json/is-json-object.ts';
import type { RecordFault } from '../../records/record-rejection.ts';
import { attributesFault, invalid } from '../otlp-faults.ts';
import { attributesToJson, countAttributes } from './json-attributes.ts';
import { parseEnum, parseUint32, parseUint64 } from './json-scalars.ts';

/** Whether a message is read for its verdict, without building its attributes, or for its record. */
export type ReadingMode = 'verify' | 'build';

/**
 * Reads the fields of messages as proto3 JSON has them: either of a field's two names, `null` as absent, 64-bit numbers as texts or numbers. A field of a wrong type reads
 * as absent, and the first such is remembered as the record's fault.
 */
export class JsonMessageReader {
  readonly mode: ReadingMode;
  /** The first fault since the caller last cleared it. */
  fault: RecordFault | undefined = undefined;
  /** Where in the record the message at hand stands: `''`, or `/events/3`. */
  prefix = '';

  constructor(mode: ReadingMode) {
    this.mode = mode;
  }

  text(message: JsonObject, camel: string, snake: string): string {
    const value = message[camel] ?? message[snake] ?? '';
    if (typeof value === 'string') {
      return value;
    }
    this.wrong(camel, 'must be a text');
    return '';
  }

  /** A count or flags. */
  uint32(message: JsonObject, camel: string, snake: string): number {
    const value = message[camel] ?? message[snake] ?? 0;
    const number = value === 0 ? 0 : parseUint32(value);
    if (number === undefined) {
      this.wrong(camel, 'must be a whole number from 0 to 4294967295');
    }
    return number ?? 0;
  }

  /** A time in nanoseconds. */
  nanos(message: JsonObject, camel: string, snake: string): bigint {
    const value = message[camel] ?? message[snake] ?? 0;
    const number = value === 0 ? 0n : parseUint64(value);
    if (number === undefined) {
      this.wrong(camel, 'must be Unix nanoseconds, a whole number of 64 bits');
    }
    return number ?? 0n;
  }

  enumeration(
    message: JsonObject,
    names: {
      readonly camel: string;
      readonly snake: string;
      readonly prefix: string;
      readonly values: readonly string[];
    },
  ): number {
    const value = message[names.camel] ?? message[names.snake] ?? 0;
    const number = parseEnum(value, names.prefix, names.values);
    if (number === undefined) {
      this.wrong(names.camel, 'must be a whole number');
    }
    return number ?? 0;
  }

  /** `{}` when reading for the verdict. */
  attributes(message: JsonObject): JsonObject {
    const list = message.attributes ?? [];
    if (this.mode === 'build') {
      return Array.isArray(list) ? attributesToJson(list) : {};
    }
    const count = countAttributes(Array.isArray(list) ? list : undefined);
    if (!(count <= ATTRIBUTE_COUNT_MAX)) {
      this.fault ??= attributesFault(`${this.prefix}/attributes`, count);
    }
    return {};
  }

  /** Reads each of a list of messages; those that are no objects are faults. */
  each(message: JsonObject, name: string, read: (part: JsonObject) => void): void {
    const list = message[name] ?? [];
    if (!Array.isArray(list)) {
      this.wrong(name, 'must be a list');
      return;
    }
    for (const [at, part] of list.entries()) {
      const path = `/${name}/${at}`;
      if (isJsonObject(part)) {
        this.prefix = path;
        read(part);
      } else {
        this.fault ??= invalid(path, 'must be an object');
      }
    }
    this.prefix = '';
  }

  /** Remembers a fault of the field with that name. */
  wrong(name: string, problem: string): void {
    this.fault ??= invalid(`${this.prefix}/${name}`, `${name} ${problem}`);
  }
}
