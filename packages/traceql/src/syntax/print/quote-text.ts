/** A text as the parser reads it: JSON's escapes are all among Go's (https://go.dev/ref/spec#String_literals), but for a lone surrogate's, which becomes U+FFFD. */
export function quoteText(text: string): string {
  return JSON.stringify(text.toWellFormed());
}
