import type { JsonObject, JsonValue } from '@aegisguard/model';

/** An attribute by its dotted name. */
export interface FlatAttribute {
  readonly name: string;
  readonly value: JsonValue;
}

/** The attributes of an object, nested ones under dotted names, by name. Lists are one value. */
export function flatAttributes(object: JsonObject): readonly FlatAttribute[] {
  const flat: FlatAttribute[] = [];
  // A stack, not recursion: attributes may be nested as deep as their sender liked.
  const pending: { readonly prefix: string; readonly members: JsonObject }[] = [{ prefix: '', members: object }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const [key, value] of Object.entries(next.members)) {
      const name = `${next.prefix}${key}`;
      if (typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0) {
        pending.push({ prefix: `${name}.`, members: value });
      } else {
        flat.push({ name, value });
      }
    }
  }
  return flat.sort((a, b) => (a.name < b.name ? -1 : 1));
}
