import type { JsonObject, SpanAttributeScope } from '@aegisguard/model';
import { parseShape } from '../attribute-shape.ts';
import { LEAF_KINDS, type LeafKind } from '../leaf-kind.ts';

/** The scopes whose attributes lie in a span's shape. Those of events and links are texts of their own. */
type ShapeScope = 'span' | 'resource' | 'instrumentation';

/** Where the text of an attribute lies in rows of a shape: under its label, or as the so-manyth (from 1) of those that have none. */
export interface AttributeLeaf {
  readonly kind: LeafKind;
  readonly place: string | number;
}

/** An attribute by its name: its path joined by dots. */
export interface NamedAttribute extends AttributeLeaf {
  readonly scope: ShapeScope;
  readonly name: string;
}

/** Where a text lies, as `AttributeLeaf` says it, and which attribute's it is; undefined for what is none of these scopes. */
type PlacedAttribute = readonly [place: AttributeLeaf['place'], attribute: NamedAttribute | undefined];

/** A place in an object of a shape whose leaves are replaced by their numbers. */
type Place = { readonly [key: string]: Place } | number | null;

/** What a shape says of a span's attributes. */
export class ShapeAttributes {
  readonly text: string;
  /** The engine's hash of the text, as a literal. */
  readonly hash: string;
  readonly #objects: Readonly<Record<ShapeScope, Place>>;
  readonly #leaves: readonly AttributeLeaf[];

  constructor(text: string, hash: string) {
    this.text = text;
    this.hash = hash;
    let hidden = 0;
    this.#leaves = parseShape(text).leaves.map(({ kind, label }) => {
      hidden += label === '' ? 1 : 0;
      return { kind, place: label === '' ? hidden : label };
    });
    const cursor = { next: 0 };
    const [attributes = {}, resource = {}, details = {}] = (JSON.parse(text) as JsonObject[]).map((object) =>
      numberLeaves(object as Place, cursor),
    );
    this.#objects = { span: attributes, resource, instrumentation: memberOf(memberOf(details, 'scope'), 'attributes') };
  }

  /** The attribute of a name, as whoever evaluates a query finds it: the key with the most of the path first. */
  find(scope: ShapeScope, name: string): AttributeLeaf | undefined {
    const leaf = leafAt(this.#objects[scope], name);
    return leaf === undefined ? undefined : this.#leaves[leaf];
  }

  /** Whether some attribute answers to a label. */
  hasLabel(label: string): boolean {
    return this.#leaves.some(({ place }) => place === label);
  }

  /** Whether the objects of a scope have a key of their own, be it of an object or of null. */
  hasKey(scope: ShapeScope, key: string): boolean {
    const place = this.#objects[scope];
    return typeof place === 'object' && place !== null && Object.hasOwn(place, key);
  }

  /** Every attribute. */
  all(): readonly NamedAttribute[] {
    return (['span', 'resource', 'instrumentation'] as const).flatMap((scope) =>
      namesOf(this.#objects[scope], '').flatMap(({ name, leaf }) => {
        const found = this.#leaves[leaf];
        return found === undefined ? [] : [{ ...found, scope, name }];
      }),
    );
  }

  /** Every text of a span. */
  places(): readonly PlacedAttribute[] {
    const own = new Map(this.all().map((attribute) => [attribute.place, attribute]));
    return this.#leaves.map(({ place }) => [place, own.get(place)]);
  }
}

/** Whether a scope's attributes lie in shapes. */
export function isShapeScope(scope: SpanAttributeScope): scope is ShapeScope {
  return scope === 'span' || scope === 'resource' || scope === 'instrumentation';
}

/** The type of values of a kind; arrays have none. */
export function typeOfKind(kind: LeafKind): 'string' | 'number' | 'boolean' | undefined {
  switch (kind) {
    case LEAF_KINDS.string:
    case LEAF_KINDS.escaped:
      return 'string';
    case LEAF_KINDS.number:
    case LEAF_KINDS.negativeZero:
      return 'number';
    case LEAF_KINDS.boolean:
      return 'boolean';
    default:
      return undefined;
  }
}

function numberLeaves(place: Place, cursor: { next: number }): Place {
  if (place === null) {
    return null;
  }
  if (typeof place === 'number') {
    cursor.next += 1;
    return cursor.next - 1;
  }
  return Object.fromEntries(Object.entries(place).map(([key, member]) => [key, numberLeaves(member, cursor)]));
}

function memberOf(place: Place, key: string): Place {
  return typeof place === 'object' && place !== null && Object.hasOwn(place, key) ? (place[key] ?? null) : {};
}

function leafAt(place: Place, path: string): number | undefined {
  if (typeof place !== 'object' || place === null) {
    return undefined;
  }
  const whole = Object.hasOwn(place, path) ? place[path] : undefined;
  if (typeof whole === 'number') {
    return whole;
  }
  for (let dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
    const key = path.slice(0, dot);
    const leaf = Object.hasOwn(place, key) ? leafAt(place[key] ?? null, path.slice(dot + 1)) : undefined;
    if (leaf !== undefined) {
      return leaf;
    }
  }
  return undefined;
}

function namesOf(place: Place, prefix: string): readonly { readonly name: string; readonly leaf: number }[] {
  if (typeof place !== 'object' || place === null) {
    return [];
  }
  return Object.entries(place).flatMap(([key, member]) =>
    typeof member === 'number' ? [{ name: prefix + key, leaf: member }] : namesOf(member, `${prefix}${key}.`),
  );
}
