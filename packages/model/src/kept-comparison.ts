import { AegisError } from './aegis-error.ts';

/** Attributes of one side. */
export const COMPARED_ATTRIBUTES_MAX = 2_000;
/** What both sides keep while they are counted: values that differ, the characters of these and of the names, and counts of single buckets. */
const KEPT_MAX = { values: 200_000, characters: 16_000_000, buckets: 2_000_000 } as const;

/** How much a comparison keeps of both sides together. Throws `query-too-large` when it is too much. */
export class KeptComparison {
  readonly #kept = { values: 0, characters: 0, buckets: 0 };

  add(what: keyof typeof KEPT_MAX, count: number): void {
    this.#kept[what] += count;
    if (this.#kept[what] > KEPT_MAX[what]) {
      throw new AegisError('query-too-large', {
        detail: 'The spans have too many different values to be compared: ask for fewer spans, or a wider step.',
      });
    }
  }
}

/** What is thrown when a side has more of them than are told. */
export function tooManyComparedAttributes(): AegisError {
  return new AegisError('query-too-large', {
    detail: `The spans have more than ${COMPARED_ATTRIBUTES_MAX} attributes.`,
  });
}
