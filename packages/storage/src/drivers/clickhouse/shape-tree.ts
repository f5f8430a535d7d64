import type { LeafKind } from './leaf-kind.ts';

/** Every shape that was seen, as ways through a tree: a record finds its shape by looking up its keys, without writing it down again. */
export class ShapeTree {
  readonly root: ShapePlace;
  #placeCount = 1;

  constructor() {
    this.root = new ShapePlace(undefined, '', () => {
      this.#placeCount += 1;
    });
  }

  /** How many places it has: its size in memory. */
  get placeCount(): number {
    return this.#placeCount;
  }
}

const CLOSE = '}';

/** How far a record's keys have been read; two records that are at the same place have had the same keys and kinds. */
export class ShapePlace {
  readonly #before: ShapePlace | undefined;
  readonly #step: string;
  readonly #onGrowth: () => void;
  #leaves: Map<string, (ShapePlace | undefined)[]> | undefined;
  #opened: Map<string, ShapePlace> | undefined;
  #closed: ShapePlace | undefined;
  #text: string | undefined;

  constructor(before: ShapePlace | undefined, step: string, onGrowth: () => void) {
    this.#before = before;
    this.#step = step;
    this.#onGrowth = onGrowth;
  }

  /** The place after a value, or after a null. */
  leaf(key: string, kind: LeafKind | null): ShapePlace {
    this.#leaves ??= new Map();
    let byKind = this.#leaves.get(key);
    if (byKind === undefined) {
      byKind = [];
      this.#leaves.set(key, byKind);
    }
    const index = kind === null ? 0 : kind + 1;
    let place = byKind[index];
    if (place === undefined) {
      place = this.#grow(`${JSON.stringify(key)}:${kind}`);
      byKind[index] = place;
    }
    return place;
  }

  /** The place at the beginning of an object under a key. */
  open(key: string): ShapePlace {
    this.#opened ??= new Map();
    let place = this.#opened.get(key);
    if (place === undefined) {
      place = this.#grow(`${JSON.stringify(key)}:{`);
      this.#opened.set(key, place);
    }
    return place;
  }

  /** The place after the object that is open. */
  close(): ShapePlace {
    this.#closed ??= this.#grow(CLOSE);
    return this.#closed;
  }

  /** The shape at a place where all objects of a record are closed: JSON text of them in an array, with kinds for values. */
  shapeText(): string {
    if (this.#text === undefined) {
      const steps: string[] = [];
      for (let place: ShapePlace = this; place.#before !== undefined; place = place.#before) {
        steps.push(place.#step);
      }
      this.#text = joinSteps(steps.reverse());
    }
    return this.#text;
  }

  #grow(step: string): ShapePlace {
    this.#onGrowth();
    return new ShapePlace(this, step, this.#onGrowth);
  }
}

/** Steps as JSON text: the objects in an array, a comma before every member but the first of its object. */
function joinSteps(steps: readonly string[]): string {
  let text = '[';
  let depth = 0;
  let isFirst = true;
  for (const step of steps) {
    if (depth === 0) {
      text += text === '[' ? '{' : ',{';
      depth = 1;
      isFirst = true;
    }
    if (step === CLOSE) {
      text += CLOSE;
      depth -= 1;
      isFirst = false;
    } else {
      text += isFirst ? step : `,${step}`;
      isFirst = step.endsWith('{');
      depth += isFirst ? 1 : 0;
    }
  }
  return `${text}]`;
}
