import { LEAF_KINDS, type LeafKind } from '../leaf-kind.ts';
import type { NamedAttribute, ShapeAttributes } from './shape-attributes.ts';
import type { WorkTurns } from './work-turns.ts';

/** What a text is: of which attribute, as it is called where spans are compared, and how it stands for a value. */
export interface TextMeaning {
  readonly name: string;
  readonly kind: LeafKind;
}

/** A text takes a count for each class and side: where attributes lie so differently, too much of them. */
const CLASSES_MAX = 200;
/** Sets of classes, a bit for each. */
const NO_CLASS = 0n;
/** What else shares a place with attributes: nothing that is compared. */
const NOTHING = '';

/**
 * Shapes in classes within which a place, a label or a number of one without, always means the same: then what is counted by place need not be counted by shape. As a rule there is one class, since two attributes seldom answer to one label, or have values of two kinds.
 */
export class PlaceClasses {
  /** By class what the texts of its places are. Of a place that is not there nothing is known. */
  readonly #meanings: Map<string, TextMeaning | undefined>[] = [];
  readonly #hashes: string[][] = [];
  /** By place and meaning the classes in which it means that: be there one or many, a place of a shape is looked up once. */
  readonly #classes = new Map<string, { all: bigint; readonly byMeaning: Map<string, bigint> }>();
  #isTooMany = false;

  private constructor() {}

  /** `placeType`: whether labels are looked at, or places without. Undefined where that takes too many classes. */
  static async of(
    shapes: readonly ShapeAttributes[],
    placeType: 'string' | 'number',
    turns: WorkTurns,
  ): Promise<PlaceClasses | undefined> {
    const classes = new PlaceClasses();
    await turns.each(shapes, (shape) => classes.#add(shape, placeType));
    return classes.#isTooMany ? undefined : classes;
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

  /** By class the places of arrays, and of what else is a JSON text. */
  get jsonPlaces(): readonly (readonly string[])[] {
    return this.#meanings.map((meanings) =>
      [...meanings].flatMap(([place, meaning]) => (meaning?.kind === LEAF_KINDS.json ? [place] : [])),
    );
  }

  /** The number of a row's class. */
  get sql(): string {
    const numbers = this.#hashes.flatMap((hashes, ofClass) => hashes.map(() => ofClass));
    const last = `toUInt16(${this.count - 1})`;
    return numbers.length === 0
      ? last
      : `toUInt16(transform(cityHash64(attribute_shape), [${this.hashes.join(', ')}], [${numbers.join(', ')}], ${last}))`;
  }

  #add(shape: ShapeAttributes, placeType: 'string' | 'number'): void {
    if (this.#isTooMany) {
      return;
    }
    const own = shape
      .places()
      .flatMap(([place, attribute]) =>
        typeof place === placeType ? [[String(place), meaningOf(attribute)] as const] : [],
      );
    if (own.every(([, meaning]) => meaning === undefined)) {
      return;
    }
    const ofClass = this.#classOf(own);
    if (ofClass === CLASSES_MAX) {
      this.#isTooMany = true;
      return;
    }
    const known = this.#meanings[ofClass] ?? new Map();
    this.#meanings[ofClass] = known;
    for (const [place, meaning] of own) {
      known.set(place, meaning);
      this.#know(place, textOf(meaning), 1n << BigInt(ofClass));
    }
    const hashes = this.#hashes[ofClass] ?? [];
    this.#hashes[ofClass] = hashes;
    hashes.push(shape.hash);
  }

  /** The first class in which no place means anything else, which may be a new one. */
  #classOf(own: readonly (readonly [string, TextMeaning | undefined])[]): number {
    const others = own.reduce((classes, [place, meaning]) => {
      const known = this.#classes.get(place);
      return known === undefined
        ? classes
        : classes | (known.all & ~(known.byMeaning.get(textOf(meaning)) ?? NO_CLASS));
    }, NO_CLASS);
    const first = this.#meanings.findIndex((_, ofClass) => ((others >> BigInt(ofClass)) & 1n) === 0n);
    return first < 0 ? this.#meanings.length : first;
  }

  #know(place: string, meaning: string, ofClass: bigint): void {
    const known = this.#classes.get(place) ?? { all: NO_CLASS, byMeaning: new Map<string, bigint>() };
    known.all |= ofClass;
    known.byMeaning.set(meaning, (known.byMeaning.get(meaning) ?? NO_CLASS) | ofClass);
    this.#classes.set(place, known);
  }
}

function meaningOf(attribute: NamedAttribute | undefined): TextMeaning | undefined {
  return attribute === undefined || attribute.scope === 'instrumentation'
    ? undefined
    : { name: `${attribute.scope}.${attribute.name}`, kind: attribute.kind };
}

function textOf(meaning: TextMeaning | undefined): string {
  return meaning === undefined ? NOTHING : `${meaning.kind}${meaning.name}`;
}
