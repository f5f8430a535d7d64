// https://www.rfc-editor.org/rfc/rfc8259

const QUOTE = 34;
const COMMA = 44;
const OPEN_BRACKET = 91;
const BACKSLASH = 92;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
/** The first byte of a byte order mark in UTF-8. */
const MARK = 0xef;
/** No name that is looked for is longer, even if every character of it is escaped. Bytes, quotes included. */
const NAME_BYTES_MAX = 100;

type OtlpMember = 'resourceLogs' | 'resourceMetrics' | 'resourceSpans';

/** What each OTLP body's top-level member is called, and the one of the native body on the same path. */
const NAMES: Readonly<Record<OtlpMember, { readonly snake: string; readonly native: string }>> = {
  resourceLogs: { snake: 'resource_logs', native: 'logs' },
  resourceMetrics: { snake: 'resource_metrics', native: 'metrics' },
  resourceSpans: { snake: 'resource_spans', native: 'spans' },
};

/** Just after the closing quote of a string, or the end of the text. `at` is its opening quote. */
function stringEnd(json: Uint8Array, at: number): number {
  let next = at + 1;
  while (next < json.length && json[next] !== QUOTE) {
    next += json[next] === BACKSLASH ? 2 : 1;
  }
  return next + 1;
}

function isBlank(byte: number | undefined): boolean {
  return byte === 32 || byte === 9 || byte === 10 || byte === 13;
}

/** Where a member's value ends: at the comma or brace after it, or the end of the text. */
function valueEnd(json: Uint8Array, from: number): number {
  let depth = 0;
  let at = from;
  while (at < json.length) {
    const byte = json[at];
    if (byte === QUOTE) {
      at = stringEnd(json, at);
      continue;
    }
    if (depth === 0 && (byte === COMMA || byte === CLOSE_BRACE)) {
      return at;
    }
    if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      depth += 1;
    } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      depth -= 1;
    }
    at += 1;
  }
  return at;
}

/** A member's name without its quotes; `''` for one that is no JSON or too long to be looked for. */
function nameBetween(json: Uint8Array, start: number, end: number): string {
  if (end - start > NAME_BYTES_MAX) {
    return '';
  }
  const quoted = Buffer.from(json.buffer, json.byteOffset + start, Math.min(end, json.length) - start).toString('utf8');
  try {
    return String(JSON.parse(quoted));
  } catch {
    return '';
  }
}

function skipBlanks(json: Uint8Array, from: number): number {
  let at = from;
  while (isBlank(json[at])) {
    at += 1;
  }
  return at;
}

/**
 * Whether a JSON body is OTLP's, by the first of its top-level members that either format knows. A scan over bytes that passes over values and makes nothing; whatever it
 * does not recognize counts as native, whose decoder then says what is wrong with it.
 */
export function detectJsonFormat(body: Uint8Array, otlpMember: OtlpMember): 'native-json' | 'otlp-json' {
  const { snake, native } = NAMES[otlpMember];
  let at = skipBlanks(body, body[0] === MARK ? 3 : 0);
  if (body[at] !== OPEN_BRACE) {
    return 'native-json';
  }
  while (at < body.length && body[at] !== CLOSE_BRACE) {
    const start = skipBlanks(body, at + 1);
    if (body[start] !== QUOTE) {
      return 'native-json';
    }
    const end = stringEnd(body, start);
    const name = nameBetween(body, start, end);
    if (name === otlpMember || name === snake) {
      return 'otlp-json';
    }
    if (name === native) {
      return 'native-json';
    }
    at = valueEnd(body, end);
  }
  return 'native-json';
}
