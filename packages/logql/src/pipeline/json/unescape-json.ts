// Escapes of strings: RFC 8259 §7

const SIMPLE: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);
const HEX = /^[0-9a-fA-F]{4}$/;
const REPLACEMENT = '\ufffd';

/** The text of a string between its quotes; undefined when an escape is none. */
export function unescapeJson(raw: string): string | undefined {
  let backslash = raw.indexOf('\\');
  if (backslash === -1) {
    return raw;
  }
  let text = '';
  let at = 0;
  while (backslash !== -1) {
    text += raw.slice(at, backslash);
    const letter = raw.charAt(backslash + 1);
    const simple = SIMPLE.get(letter);
    const piece = simple ?? (letter === 'u' ? unicodeEscape(raw, backslash) : undefined);
    if (piece === undefined) {
      return;
    }
    text += piece;
    at = backslash + (simple === undefined ? 6 * piece.length : 2);
    backslash = raw.indexOf('\\', at);
  }
  return text + raw.slice(at);
}

/** A label's value of a string between its quotes, as Loki has it: empty when an escape is none, and a space for each character that stands for broken bytes. */
export function jsonText(raw: string): string {
  const text = unescapeJson(raw) ?? '';
  return text.includes(REPLACEMENT) ? text.replaceAll(REPLACEMENT, ' ') : text;
}

/** One unit, or two of a pair of escapes; undefined for half of a pair. */
function unicodeEscape(raw: string, at: number): string | undefined {
  const first = hexAt(raw, at + 2);
  if (first === undefined) {
    return;
  }
  if (first < 0xd800 || first > 0xdfff) {
    return String.fromCharCode(first);
  }
  const second = raw.startsWith('\\u', at + 6) ? hexAt(raw, at + 8) : undefined;
  if (first > 0xdbff || second === undefined || second < 0xdc00 || second > 0xdfff) {
    return;
  }
  return String.fromCharCode(first, second);
}

function hexAt(raw: string, at: number): number | undefined {
  const digits = raw.slice(at, at + 4);
  return HEX.test(digits) ? Number.parseInt(digits, 16) : undefined;
}
