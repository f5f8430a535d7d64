// https://prometheus.io/docs/prometheus/latest/querying/basics/#string-literals
/** Where the string literal that begins at `from` ends (exclusive); `problem`: it does not end. */
export function findStringEnd(query: string, from: number): { readonly end: number; readonly problem?: string } {
  const quote = query.charAt(from);
  if (quote === '`') {
    const close = query.indexOf(quote, from + 1);
    return close === -1 ? { end: query.length, problem: 'unterminated raw string' } : { end: close + 1 };
  }
  for (let at = from + 1; at < query.length; at += 1) {
    const char = query.charAt(at);
    if (char === quote) {
      return { end: at + 1 };
    }
    if (char === '\n') {
      break;
    }
    if (char === '\\') {
      at += 1;
    }
  }
  return { end: query.length, problem: 'unterminated quoted string' };
}
