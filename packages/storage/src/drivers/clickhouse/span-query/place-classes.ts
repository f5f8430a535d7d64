import type { LeafKind } from '../leaf-kind.ts';
import type { NamedAttribute, ShapeAttributes } from './shape-attributes.ts';

/** What a text is: of which attribute, as it is called where spans are compared, and how it stands for a value. */
export interface TextMeaning {
  readonly name: string;
  readonly kind: LeafKind;
}

/** What the texts of some places are; undefined: nothing that is compared. Of a place that is not there nothing is known. */
type Meanings = Map<string, TextMeaning | undefined>;

/**
 * Shapes in classes within which a place, a label or a number of one without, always means the same: then what is counted by place need not be counted by shape. As a rule there is one class, since two attributes seldom answer to one label, or have values of two kinds.
 */
export class PlaceClasses {
  readonly #meanings: Meanings[] = [];
  readonly #hashes: string[][] = [];

  /** `placeType`: whether labels are looked at, or places without. */
  constructor(shapes: readonly ShapeAttributes[], placeType: 'string' | 'number') {
    for (const shape of shapes) {
      const own = shape
        .places()
        .flatMap(([place, attribute]) =>
          typeof place === placeType ? [[String(place), meaningOf(attribute)] as const] : [],
        );
      if (own.some(([, meaning]) => meaning !== undefined)) {
        this.#add(shape, own);
      }
    }
  }

  /** The last one is that of all other shapes, of which nothing is compared. */
  get count(): number {
    return this.#meanings.length + 1;
  }

  /** The engine's hashes of the shapes that are in a class. */
  get hashes(): readonly string[] {
    return this.#hashes.flat();
  }

  meaning(ofClass: number, place: string): TextMeaning | undefined {
    return this.#meanings[ofClass]?.get(place);
  }

  /** The number of a row's class. */
  get sql(): string {
    const numbers = this.#hashes.flatMap((hashes, ofClass) => hashes.map(() => ofClass));
    const last = `toUInt16(${this.count - 1})`;
    return numbers.length === 0
      ? last
      : `toUInt16(transform(cityHash64(attribute_shape), [${this.hashes.join(', ')}], [${numbers.join(', ')}], ${last}))`;
  }

  #add({ hash }: ShapeAttributes, own: readonly (readonly [string, TextMeaning | undefined])[]): void {
    const fitting = this.#meanings.findIndex((known) =>
      own.every(([place, meaning]) => !known.has(place) || isSame(known.get(place), meaning)),
    );
    const ofClass = fitting < 0 ? this.#meanings.length : fitting;
    const known: Meanings = this.#meanings[ofClass] ?? new Map();
    for (const [place, meaning] of own) {
      known.set(place, meaning);
    }
    this.#meanings[ofClass] = known;
    this.#hashes[ofClass] = [...(this.#hashes[ofClass] ?? []), hash];
  }
}

function meaningOf(attribute: NamedAttribute | undefined): TextMeaning | undefined {
  return attribute === undefined || attribute.scope === 'instrumentation'
    ? undefined
    : { name: `${attribute.scope}.${attribute.name}`, kind: attribute.kind };
}

function isSame(one: TextMeaning | undefined, other: TextMeaning | undefined): boolean {
  return one?.name === other?.name && one?.kind === other?.kind;
}
