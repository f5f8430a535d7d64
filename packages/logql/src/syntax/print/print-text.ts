/** A text in double quotes. JSON's escapes are all among Go's, but for a lone surrogate's, which no parsed text contains. */
export function printText(text: string): string {
  return JSON.stringify(text);
}
