// https://brandur.org/logfmt, as lenient as go-logfmt's decoder but for what it gives up at: the pairs before a fault stay.

const PAIR = /[^\s="]+(?:="((?:[^"\\]|\\[^])*)"|=([^\s"]*))?(?=\s|$)|\S+/gy;
const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|([^]))/g;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

/** The pairs of a text with their values; a word that is none ends it, one without a value has an empty one. */
export function* readLogfmt(text: string): Generator<readonly [key: string, value: string]> {
  const line = text.trimStart();
  PAIR.lastIndex = 0;
  let at = 0;
  while (at < line.length) {
    PAIR.lastIndex = at;
    const found = PAIR.exec(line);
    if (found === null) {
      return;
    }
    const [all, quoted, bare] = found;
    const equals = all.indexOf('=');
    if (quoted === undefined && bare === undefined && /["=]/.test(all)) {
      return;
    }
    const value = quoted === undefined ? bare : unescaped(quoted);
    if (equals !== 0) {
      yield [equals < 0 ? all : all.slice(0, equals), value ?? ''];
    }
    at += all.length;
    while (at < line.length && line.charCodeAt(at) <= 32) {
      at += 1;
    }
  }
}

function unescaped(text: string): string {
  return text.includes('\\')
    ? text.replace(ESCAPE, (_, hex: string | undefined, char: string) =>
        hex === undefined ? (ESCAPES[char] ?? char) : String.fromCharCode(Number.parseInt(hex, 16)),
      )
    : text;
}
