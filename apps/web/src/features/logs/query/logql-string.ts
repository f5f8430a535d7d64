const SHORT: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};
const LONG: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', a: '\x07', b: '\b', f: '\f', v: '\v' };

/** A text as a LogQL string in double quotes (Go's interpreted string literal, https://go.dev/ref/spec#String_literals). */
export function quoteLogQl(text: string): string {
  let quoted = '"';
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    if (SHORT[char] !== undefined) {
      quoted += SHORT[char];
    } else if (code < 0x20 || code === 0x7f) {
      quoted += `\\x${code.toString(16).padStart(2, '0')}`;
    } else {
      quoted += char;
    }
  }
  return `${quoted}"`;
}

const ESCAPE = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|(.))/gs;

/** What a LogQL string token means, quotes and escapes undone; undefined when it is unfinished. */
export function unquoteLogQl(token: string): string | undefined {
  const quote = token[0];
  if ((quote !== '"' && quote !== '`') || token.length < 2 || !token.endsWith(quote)) {
    return undefined;
  }
  const inner = token.slice(1, -1);
  if (quote === '`') {
    return inner;
  }
  return inner.replaceAll(ESCAPE, (_whole, hex2, hex4, hex8, octal, char: string | undefined) => {
    const hex: string | undefined = hex2 ?? hex4 ?? hex8;
    if (hex !== undefined) {
      return String.fromCodePoint(Math.min(0x10ffff, Number.parseInt(hex, 16)));
    }
    if (octal !== undefined) {
      return String.fromCodePoint(Number.parseInt(octal, 8));
    }
    return char === undefined ? '' : (LONG[char] ?? char);
  });
}
