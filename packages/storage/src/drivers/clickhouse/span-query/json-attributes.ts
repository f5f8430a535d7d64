import type { JsonObject, JsonValue, SpanNameCount } from '@aegisguard/model';

/** An attribute of an event or a link; the values of an array one by one. */
export interface JsonAttribute {
  readonly name: string;
  readonly type: SpanNameCount['type'];
  readonly values: readonly (string | number | boolean)[];
}

/** All attributes of an object by their paths. Stored objects are no deeper than the pipeline lets them be. */
export function* jsonAttributes(object: JsonObject, prefix = ''): Generator<JsonAttribute> {
  for (const [key, member] of Object.entries(object)) {
    if (typeof member === 'object' && member !== null && !Array.isArray(member)) {
      yield* jsonAttributes(member, `${prefix}${key}.`);
    } else if (member !== null) {
      const values = (Array.isArray(member) ? member : [member]).filter(isScalar);
      const [first] = values;
      yield { name: prefix + key, type: typeOf(first), values };
    }
  }
}

function isScalar(value: JsonValue): value is string | number | boolean {
  return typeof value !== 'object';
}

function typeOf(value: string | number | boolean | undefined): SpanNameCount['type'] {
  return typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'boolean' : 'string';
}
