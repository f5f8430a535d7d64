/** What JSON can say. Objects are plain; keys may be anything, `__proto__` included, so copy with care. */
export type JsonValue = null | boolean | number | string | JsonValue[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  [key: string]: JsonValue;
}
