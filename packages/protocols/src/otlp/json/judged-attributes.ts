import type { JsonObject } from '@aegisguard/model';
import type { RecordFault } from '../../records/record-rejection.ts';
import { attributesFault } from '../otlp-faults.ts';
import { attributesToJson, countAttributes } from './json-attributes.ts';
import { memberOf } from './member-of.ts';

/** The attributes of a message, and what is wrong with them. */
export function jsonAttributes(
  message: JsonObject,
  camel: string,
  snake: string,
  path: string,
): readonly [JsonObject, RecordFault | undefined] {
  const list = memberOf(message, camel, snake) ?? [];
  const pairs = Array.isArray(list) ? list : undefined;
  return [attributesToJson(pairs ?? []), attributesFault(path, countAttributes(pairs))];
}
