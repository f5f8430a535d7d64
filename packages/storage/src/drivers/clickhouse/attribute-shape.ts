import { addedLabelName, type JsonObject, type JsonValue, labelName, PUSHED_METADATA } from '@aegisguard/model';
import { LEAF_KINDS, type LeafKind } from './leaf-kind.ts';
import { type ShapePlace, ShapeTree } from './shape-tree.ts';
import { TextMemory } from './text-memory.ts';

/*
 * Attributes are stored without saying anything twice: their shape (one JSON text with a kind in place of every value; the same for most records of a service), and the
 * values in the shape's order. The values' texts are what labels compare with, so the one copy serves queries and reading back. See ADR 0004.
 */

/** The objects of one record. */
export interface RecordAttributes {
  readonly attributes: JsonObject;
  readonly resource: JsonObject;
  /** Stored beside the others; no label answers to its values. */
  readonly details: JsonObject;
  /** Flat; its labels begin with `geo_`. */
  readonly geo: JsonObject;
  /** Flat; its labels begin with `user_agent_`. */
  readonly userAgent: JsonObject;
}

/** The objects of one record taken apart. */
export interface FlatAttributes {
  /** JSON text of the objects, with a `LeafKind` for every value; empty ones at the end, but for the first two, are not there. */
  readonly shape: string;
  /** The values' texts, in the shape's order: attributes, resource, details, geo, userAgent. `null` has none. */
  readonly values: readonly string[];
}

/** Objects below this are kept as JSON text. The pipeline cuts at 32 already; this bounds the recursion whoever calls. */
const DEPTH_MAX = 64;

let shapeTree = new ShapeTree();
/** Records of a service share their way through the tree; the bound only guards against a stream of random keys. */
const TREE_PLACES_MAX = 50_000;

/** Takes a record's objects apart. */
export function flattenAttributes({ attributes, resource, details, geo, userAgent }: RecordAttributes): FlatAttributes {
  if (shapeTree.placeCount > TREE_PLACES_MAX) {
    shapeTree = new ShapeTree();
  }
  const values: string[] = [];
  let place = flattenObject(attributes, shapeTree.root, values, 0);
  place = flattenObject(resource, place, values, 0);
  const isEnriched = !(isEmpty(geo) && isEmpty(userAgent));
  if (isEnriched || !isEmpty(details)) {
    place = flattenObject(details, place, values, 0);
  }
  if (isEnriched) {
    place = flattenObject(userAgent, flattenObject(geo, place, values, 0), values, 0);
  }
  return { shape: place.shapeText(), values };
}

function isEmpty(object: JsonObject): boolean {
  for (const _ in object) {
    return false;
  }
  return true;
}

/** Follows an object's keys and the kinds of its values to the place where it ends. */
function flattenObject(object: JsonObject, start: ShapePlace, values: string[], depth: number): ShapePlace {
  let place = start;
  for (const key of Object.keys(object)) {
    const value = object[key] ?? null;
    if (typeof value === 'object' && value !== null && !Array.isArray(value) && depth < DEPTH_MAX) {
      place = flattenObject(value, place.open(key), values, depth + 1);
    } else {
      place = place.leaf(key, flattenLeaf(value, values));
    }
  }
  return place.close();
}

function flattenLeaf(value: JsonValue, values: string[]): LeafKind | null {
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
        return null;
      }
      values.push(JSON.stringify(value));
      return LEAF_KINDS.json;
  }
}

/** One place of a shape that has a value. */
interface ShapeLeaf {
  readonly kind: LeafKind;
  /** The label it answers to, or `''` when it is of the details, or another leaf (or a null) has taken that name: attributes win over resource (but not over the labels of a Loki push), later ones over earlier. */
  readonly label: string;
  /** Whether it is a label of a Loki push's stream. */
  readonly isStream: boolean;
}

/** A shape, understood. */
export interface AttributeShape {
  readonly leaves: readonly ShapeLeaf[];
  /** The leaf that says how many attributes of an entry of a Loki push were metadata. */
  readonly metadataCountLeaf: number | undefined;
  /** Puts values (as many as leaves) back in their places; every call makes new objects. */
  restore(values: readonly string[]): RecordAttributes;
}

/** A shape that is understood takes some four times its text. */
const shapes = new TextMemory<AttributeShape>({ entries: 5_000, length: 8_000_000 });

/** Understands a shape that `flattenAttributes` made; remembers the latest ones. */
export function parseShape(text: string): AttributeShape {
  return shapes.of(text, () => readShape(JSON.parse(text) as ShapeObjects));
}

/** The objects of a shape; those at the end may be absent. */
type ShapeObjects = [JsonObject, JsonObject, JsonObject?, JsonObject?, JsonObject?];

interface NamedLeaf {
  /** `null` for a null, which has a name but no value. */
  readonly kind: LeafKind | null;
  readonly name: string;
}

function readShape([attributes, resource, details = {}, geo = {}, userAgent = {}]: ShapeObjects): AttributeShape {
  const own = leavesOf(attributes, []);
  const ofResource = leavesOf(resource, []);
  const added = [
    ...leavesOf(geo, [], (path) => addedLabelName('geo', path)),
    ...leavesOf(userAgent, [], (path) => addedLabelName('userAgent', path)),
  ];
  // A Loki stream's labels are resource, and stay what was pushed whatever is read out of a line.
  const isPushed = details[PUSHED_METADATA] === LEAF_KINDS.number;
  const ascending = isPushed ? [...added, ...own, ...ofResource] : [...added, ...ofResource, ...own];
  const winners = new Map(ascending.map((leaf) => [leaf.name, leaf]));
  const withLabels = (all: readonly NamedLeaf[], isStream = false): ShapeLeaf[] =>
    all.flatMap((leaf) =>
      leaf.kind === null
        ? []
        : [{ kind: leaf.kind, label: winners.get(leaf.name) === leaf ? leaf.name : '', isStream }],
    );
  const ofDetails = leavesOf(details, []).filter(({ kind }) => kind !== null);
  const before = [...withLabels(own), ...withLabels(ofResource, isPushed)];
  const unlabelled = ofDetails.flatMap(({ kind }) => (kind === null ? [] : [{ kind, label: '', isStream: false }]));
  return {
    leaves: [...before, ...unlabelled, ...withLabels(added)],
    metadataCountLeaf: isPushed
      ? before.length + ofDetails.findIndex(({ name }) => name === PUSHED_METADATA)
      : undefined,
    restore(values) {
      const cursor = { next: 0 };
      // Members are evaluated in the order of the values.
      return {
        attributes: restoreObject(attributes, values, cursor),
        resource: restoreObject(resource, values, cursor),
        details: restoreObject(details, values, cursor),
        geo: restoreObject(geo, values, cursor),
        userAgent: restoreObject(userAgent, values, cursor),
      };
    },
  };
}

function leavesOf(
  shape: JsonObject,
  path: readonly string[],
  nameOf: (path: readonly string[]) => string = labelName,
): NamedLeaf[] {
  return Object.entries(shape).flatMap(([key, place]) => {
    const here = [...path, key];
    return typeof place === 'object' && place !== null
      ? leavesOf(place as JsonObject, here, nameOf)
      : [{ kind: place as LeafKind | null, name: nameOf(here) }];
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
