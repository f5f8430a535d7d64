/** A text read as a number, or what is wrong with it, in Go's words. */
export type Conversion = number | { readonly problem: string };

/** Quotes a text for a problem; it is cut, for it may be a whole line. */
export function quoted(text: string): string {
  const lengthMax = 100;
  return JSON.stringify((text.length > lengthMax ? `${text.slice(0, lengthMax)}…` : text).toWellFormed());
}
