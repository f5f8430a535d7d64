import { type JsonObject, type JsonValue, labelName } from '@aegisguard/model';

/*
 * Attributes are stored without saying anything twice: their shape (one JSON text with a kind in place of every value; the same for most records of a service), and the
 * values in the shape's order. The values' texts are what labels compare with, so the one copy serves queries and reading back. See ADR 0004.
 */

/** How a leaf's text stands for its value. The numbers are in stored shapes: never reuse one. */
export const LEAF_KINDS = {
  string: 0,
  number: 1,
  boolean: 2,
  /** JSON text: arrays, and objects deeper than `DEPTH_MAX`. */
  json: 3,
  /** JSON text of a string that has lone surrogates, which UTF-8 cannot say. */
  escaped: 4,
  /** −0, which JSON can say but `String(-0)` does not. */
  negativeZero: 5,
} as const;

type LeafKind = (typeof LEAF_KINDS)[keyof typeof LEAF_KINDS];

/** Objects below this are kept as JSON text. The pipeline cuts at 32 already; this bounds the recursion whoever calls. */
const DEPTH_MAX = 64;

/** Attributes and resource of one record taken apart. */
export interface FlatAttributes {
  /** JSON text of the two objects, with a `LeafKind` for every value. */
  readonly shape: string;
  /** The values' texts, in the shape's order: attributes, then resource. `null` has none. */
  readonly values: readonly string[];
}

const keyTexts = new Map<string, string>();
/** Keys are few and long-lived; the bound only guards against a stream of random ones. */
const KEY_TEXTS_MAX = 20_000;

/** Takes attributes and resource apart. */
export function flattenAttributes(attributes: JsonObject, resource: JsonObject): FlatAttributes {
  const values: string[] = [];
  const shape = `[${flattenObject(attributes, values, 0)},${flattenObject(resource, values, 0)}]`;
  return { shape, values };
}

function flattenObject(object: JsonObject, values: string[], depth: number): string {
  let shape = '';
  for (const key of Object.keys(object)) {
    shape += `${shape === '' ? '{' : ','}${keyText(key)}${flattenValue(object[key] ?? null, values, depth)}`;
  }
  return shape === '' ? '{}' : `${shape}}`;
}

function flattenValue(value: JsonValue, values: string[], depth: number): string | LeafKind {
  switch (typeof value) {
    case 'string':
      if (value.isWellFormed()) {
        values.push(value);
        return LEAF_KINDS.string;
      }
      values.push(JSON.stringify(value));
      return LEAF_KINDS.escaped;
    case 'number':
      values.push(String(value));
      return Object.is(value, -0) ? LEAF_KINDS.negativeZero : LEAF_KINDS.number;
    case 'boolean':
      values.push(value ? 'true' : 'false');
      return LEAF_KINDS.boolean;
    default:
      if (value === null) {
        return 'null';
      }
      if (Array.isArray(value) || depth >= DEPTH_MAX) {
        values.push(JSON.stringify(value));
        return LEAF_KINDS.json;
      }
      return flattenObject(value, values, depth + 1);
  }
}

function keyText(key: string): string {
  let text = keyTexts.get(key);
  if (text === undefined) {
    text = `${JSON.stringify(key)}:`;
    if (keyTexts.size >= KEY_TEXTS_MAX) {
      keyTexts.clear();
    }
    keyTexts.set(key, text);
  }
  return text;
}

/** One place of a shape that has a value. */
export interface ShapeLeaf {
  readonly kind: LeafKind;
  /** The label it answers to, or `''` when another leaf (or a null) has taken that name: attributes win over resource, later ones over earlier. */
  readonly label: string;
}

/** A shape, understood. */
export interface AttributeShape {
  readonly leaves: readonly ShapeLeaf[];
  /** Puts values (as many as leaves) back in their places; every call makes new objects. */
  restore(values: readonly string[]): { attributes: JsonObject; resource: JsonObject };
}

const shapes = new Map<string, AttributeShape>();
const SHAPES_MAX = 5_000;

/** Understands a shape that `flattenAttributes` made; remembers the latest ones. */
export function parseShape(text: string): AttributeShape {
  let shape = shapes.get(text);
  if (shape === undefined) {
    shape = readShape(JSON.parse(text) as [JsonObject, JsonObject]);
    if (shapes.size >= SHAPES_MAX) {
      shapes.clear();
    }
    shapes.set(text, shape);
  }
  return shape;
}

interface NamedLeaf {
  /** `null` for a null, which has a name but no value. */
  readonly kind: LeafKind | null;
  readonly name: string;
}

function readShape([attributes, resource]: [JsonObject, JsonObject]): AttributeShape {
  const ofAttributes = leavesOf(attributes, []);
  const ofResource = leavesOf(resource, []);
  const winners = new Map([...ofResource, ...ofAttributes].map((leaf) => [leaf.name, leaf]));
  const leaves: ShapeLeaf[] = [];
  for (const leaf of [...ofAttributes, ...ofResource]) {
    if (leaf.kind !== null) {
      leaves.push({ kind: leaf.kind, label: winners.get(leaf.name) === leaf ? leaf.name : '' });
    }
  }
  return {
    leaves,
    restore(values) {
      const cursor = { next: 0 };
      // Order of the calls is the order of the values.
      const restored = restoreObject(attributes, values, cursor);
      return { attributes: restored, resource: restoreObject(resource, values, cursor) };
    },
  };
}

function leavesOf(shape: JsonObject, path: readonly string[]): NamedLeaf[] {
  return Object.entries(shape).flatMap(([key, place]) => {
    const here = [...path, key];
    return typeof place === 'object' && place !== null
      ? leavesOf(place as JsonObject, here)
      : [{ kind: place as LeafKind | null, name: labelName(here) }];
  });
}

function restoreObject(shape: JsonObject, values: readonly string[], cursor: { next: number }): JsonObject {
  const object: JsonObject = {};
  for (const key of Object.keys(shape)) {
    const place = shape[key] as JsonObject | LeafKind | null;
    const value =
      place === null
        ? null
        : typeof place === 'object'
          ? restoreObject(place, values, cursor)
          : leafValue(place, values[cursor.next++] ?? '');
    if (key === '__proto__') {
      // Plain assignment would set the prototype.
      Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
    } else {
      object[key] = value;
    }
  }
  return object;
}

function leafValue(kind: LeafKind, text: string): JsonValue {
  switch (kind) {
    case LEAF_KINDS.string:
      return text;
    case LEAF_KINDS.number:
      return Number(text);
    case LEAF_KINDS.boolean:
      return text === 'true';
    case LEAF_KINDS.negativeZero:
      return -0;
    default:
      return JSON.parse(text) as JsonValue;
  }
}
