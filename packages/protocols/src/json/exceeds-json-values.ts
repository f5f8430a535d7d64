// https://www.rfc-editor.org/rfc/rfc8259

const QUOTE = 34;
const COMMA = 44;
const OPEN_BRACKET = 91;
const BACKSLASH = 92;
const OPEN_BRACE = 123;

/**
 * Whether a JSON text in UTF-8 has more than `valuesMax` commas and opening brackets outside strings: within one of each other, that is how many values it holds, and
 * nesting is never deeper. Looks at bytes and makes nothing, so that it can stand before a parser; of a text that is not JSON the answer means nothing.
 */
export function exceedsJsonValues(json: Uint8Array, valuesMax: number): boolean {
  const { length } = json;
  let count = 0;
  for (let at = 0; at < length; at += 1) {
    const byte = json[at];
    if (byte === QUOTE) {
      at = endOfString(json, at + 1);
    } else if (byte === COMMA || byte === OPEN_BRACKET || byte === OPEN_BRACE) {
      count += 1;
      if (count > valuesMax) {
        return true;
      }
    }
  }
  return false;
}

/** Where the closing quote of a string stands, or beyond the end when there is none. `from` is just after the opening one. */
function endOfString(json: Uint8Array, from: number): number {
  const { length } = json;
  let at = from;
  while (at < length && json[at] !== QUOTE) {
    at += json[at] === BACKSLASH ? 2 : 1;
  }
  return at;
}
