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
    if (isObject(member)) {
      yield* jsonAttributes(member, `${prefix}${key}.`);
    } else if (member !== null) {
      const values = valuesOf(member);
      yield { name: prefix + key, type: typeOf(values[0]), values };
    }
  }
}

/** The values of an attribute by its name: the key with the most of the path first, as `ShapeAttributes` finds it. */
export function findAttribute(object: JsonObject, path: string): JsonAttribute['values'] | undefined {
  const whole = Object.hasOwn(object, path) ? (object[path] ?? null) : null;
  if (whole !== null && !isObject(whole)) {
    return valuesOf(whole);
  }
  for (let dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
    const key = path.slice(0, dot);
    const member = Object.hasOwn(object, key) ? (object[key] ?? null) : null;
    const found = isObject(member) ? findAttribute(member, path.slice(dot + 1)) : undefined;
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

/** Whether it is an object with members of its own. */
export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function valuesOf(member: JsonValue): JsonAttribute['values'] {
  return (Array.isArray(member) ? member : [member]).filter(isScalar);
}

function isScalar(value: JsonValue): value is string | number | boolean {
  return typeof value !== 'object';
}

function typeOf(value: string | number | boolean | undefined): SpanNameCount['type'] {
  return typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'boolean' : 'string';
}
