/** How far before a value words are looked for: a label and its punctuation. Bounded, so that many values in one text cost no more than the text. */
const WINDOW = 32;

/** The characters before an offset, in lower case: where a value's label stands. */
export function wordsBefore(text: string, start: number): string {
  return text.slice(Math.max(0, start - WINDOW), start).toLowerCase();
}
