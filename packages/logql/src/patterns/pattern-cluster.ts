import type { LogPattern, PatternPart, WildcardType } from './log-pattern.ts';
import type { TokenizedLine } from './tokenize-line.ts';
import { unitedType } from './value-type.ts';

/** Distinct values that are counted at a varying place; those that come later are not. */
const VALUES_MAX = 50;
/** Of those that an answer has. */
const VALUES_SHOWN = 5;
const VALUE_LENGTH_MAX = 100;

/** A place of a pattern: a word, or values of a type. */
type Place = string | { type: WildcardType; readonly values: Map<string, number> };

/** Lines of one form, as they are found. */
export class PatternCluster {
  readonly #gaps: readonly string[];
  readonly #places: Place[];
  /** Sparse: there may be as many slots as lines. */
  readonly #counts = new Map<number, number>();
  readonly #slots: number;
  readonly #levels = new Map<string, number>();
  readonly #sample: string;
  #count = 0;

  /** Begins with a line; `types` says which of its tokens are values already. */
  constructor(
    line: string,
    { tokens, gaps }: TokenizedLine,
    types: readonly (WildcardType | undefined)[],
    slots: number,
  ) {
    this.#gaps = gaps;
    this.#places = tokens.map((token, at) => {
      const type = types[at];
      return type === undefined ? token : { type, values: new Map() };
    });
    this.#slots = slots;
    this.#sample = line;
  }

  get count(): number {
    return this.#count;
  }

  /** Of the places that are words here, how many the tokens share; 1 where no place is a word. */
  likeness(tokens: readonly string[]): number {
    let words = 0;
    let shared = 0;
    for (let at = 0; at < this.#places.length; at += 1) {
      const place = this.#places[at];
      if (typeof place === 'string') {
        words += 1;
        shared += place === tokens[at] ? 1 : 0;
      }
    }
    return words === 0 ? 1 : shared / words;
  }

  /** Takes a line in: words that differ become places that vary. */
  add(tokens: readonly string[], types: readonly (WildcardType | undefined)[], slot: number, level: string): void {
    this.#count += 1;
    this.#counts.set(slot, (this.#counts.get(slot) ?? 0) + 1);
    this.#levels.set(level, (this.#levels.get(level) ?? 0) + 1);
    for (let at = 0; at < tokens.length; at += 1) {
      const token = tokens[at] ?? '';
      let place = this.#places[at];
      if (typeof place === 'string') {
        if (place === token) {
          continue;
        }
        // All lines before had this word here.
        place = { type: 'any', values: new Map([[place.slice(0, VALUE_LENGTH_MAX), this.#count - 1]]) };
        this.#places[at] = place;
      }
      if (place !== undefined) {
        place.type = unitedType(place.type, types[at] ?? 'any');
        countValue(place.values, token.slice(0, VALUE_LENGTH_MAX));
      }
    }
  }

  toPattern(): LogPattern {
    const parts: PatternPart[] = [];
    const addText = (text: string): void => {
      const last = parts.at(-1);
      if (last?.kind === 'text') {
        parts[parts.length - 1] = { kind: 'text', text: last.text + text };
      } else if (text !== '') {
        parts.push({ kind: 'text', text });
      }
    };
    for (const [at, place] of this.#places.entries()) {
      addText(this.#gaps[at] ?? '');
      if (typeof place === 'string') {
        addText(place);
      } else {
        parts.push({ kind: 'wildcard', type: place.type, values: shownValues(place.values) });
      }
    }
    addText(this.#gaps.at(-1) ?? '');
    return {
      parts,
      count: this.#count,
      counts: Array.from({ length: this.#slots }, (_, slot) => this.#counts.get(slot) ?? 0),
      levels: Object.fromEntries(this.#levels),
      sample: this.#sample,
    };
  }
}

function countValue(values: Map<string, number>, value: string): void {
  const count = values.get(value);
  if (count !== undefined || values.size < VALUES_MAX) {
    values.set(value, (count ?? 0) + 1);
  }
}

function shownValues(values: ReadonlyMap<string, number>) {
  return [...values]
    .sort(([, a], [, b]) => b - a)
    .slice(0, VALUES_SHOWN)
    .map(([value, count]) => ({ value, count }));
}
