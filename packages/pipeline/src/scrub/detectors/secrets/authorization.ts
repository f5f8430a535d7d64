// https://www.rfc-editor.org/rfc/rfc9110#section-11, https://www.rfc-editor.org/rfc/rfc6265#section-4
import type { Detector, ReportFinding } from '../../detector.ts';
import { TextFeature } from '../../text-features.ts';
import { isBlank, isQuote, isRunChar, skipClass } from './char-classes.ts';
import { nameEndBefore } from './name-before.ts';
import { isPlaceholder } from './placeholders.ts';
import { type ValueRange, valueRangeAt } from './value-range.ts';

const COOKIES = ['cookie', 'cookie2'];
/** Headers whose value is one that opens something, by what their names end in; the dash before it is of `proxy-` and the like. */
const HEADERS = ['authorization', 'x-api-key', 'x-auth-token', 'x-access-token', 'x-amz-security-token', ...COOKIES];
/** Last letters of these, in lower case. */
const LAST_LETTERS = new Uint8Array(128);
for (const header of HEADERS) {
  const code = header.charCodeAt(header.length - 1);
  LAST_LETTERS[code] = 1;
  LAST_LETTERS[code & ~32] = 1;
}

/** Schemes with one token behind them. */
const TOKEN_SCHEMES = new Set([
  'bearer',
  'basic',
  'token',
  'negotiate',
  'ntlm',
  'apikey',
  'api-key',
  'api-token',
  'key',
  'kerberos',
  'jwt',
  'splunk',
  'genie',
  'geniekey',
  'aws',
  'sso-key',
  'dpop',
  'bot',
  'client-id',
]);
/** Schemes with parameters behind them, to the end of the line. */
const PARAMETER_SCHEMES = new Set([
  'digest',
  'aws4-hmac-sha256',
  'aws4-ecdsa-p256-sha256',
  'oauth',
  'hawk',
  'signature',
  'sharedkey',
  'sharedkeylite',
  'sharedaccesssignature',
  'mac',
  'googlelogin',
  'goog4-rsa-sha256',
  'goog4-hmac-sha256',
  'scram-sha-256',
  'acs3-hmac-sha256',
  'tc3-hmac-sha256',
  'hmac',
  'vapid',
  'eg1-hmac-sha256',
  'hmac-sha256',
]);
const SCHEME = /([A-Za-z][A-Za-z0-9-]{1,24})[ \t+]+(?=[^\s"'])/y;
/** Behind a scheme, letters alone are a token when they are as many; without one, no word is as long. What is taken is not looked at again, which keeps floods linear. */
const WORD_CHARS_MAX = 8;
const LONG_CHARS_MIN = 200;
const isHeaderChar = (code: number): boolean => isRunChar(code) || code === 46;
const TOKENISH = /\d|[a-z][A-Z]|[+/=]/;

const HYPHEN = 45;
const UNDERSCORE = 95;
const isLetter = (code: number): boolean => (code | 32) >= 97 && (code | 32) <= 122;

/** Whether a name ends in a header's, in any case, with `_` for `-`. */
function endsIn(text: string, end: number, header: string): boolean {
  for (let i = 1; i <= header.length; i += 1) {
    const code = text.charCodeAt(end - i);
    const wanted = header.charCodeAt(header.length - i);
    const same =
      wanted === HYPHEN ? code === HYPHEN || code === UNDERSCORE : (isLetter(code) ? code | 32 : code) === wanted;
    if (!same) {
      return false;
    }
  }
  return true;
}

const BACKSLASH = 92;
/** A cookie's first name and value. */
const PAIR = /^[^\s=;,"]{1,128}=/;
const PAIR_CHARS_MAX = 130;

/** The header of ours that a name ending at `end` ends in, undefined when it is another. */
function headerBefore(text: string, end: number): string | undefined {
  const code = text.charCodeAt(end - 1);
  if (code >= 128 || LAST_LETTERS[code] === 0) {
    return undefined;
  }
  return HEADERS.find((header) => {
    const start = end - header.length;
    return endsIn(text, end, header) && !(start > 0 && isLetter(text.charCodeAt(start - 1)));
  });
}

/** Where the line or the quoted text ends that a header's value is in: `quote` is the one that was opened before its name. */
function lineEnd(text: string, from: number, quote: string): number {
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 10 || code === 13 || text[at] === quote) {
      return at;
    }
    if (code === 92 && /[nr"']/.test(text[at + 1] ?? '')) {
      return at;
    }
  }
  return text.length;
}

function tokenEnd(text: string, from: number, limit: number): number {
  let at = from;
  while (at < limit && !/[\s"'`<>;,]/.test(text[at] ?? '')) {
    at += 1;
  }
  while (at > from && /[)\]}.]/.test(text[at - 1] ?? '')) {
    at -= 1;
  }
  return at;
}

/** What of a value goes: behind a scheme that is known; the whole where none is. */
function credentials(
  text: string,
  { start, end, isQuoted }: ValueRange,
  quote: string,
): readonly [number, number] | undefined {
  SCHEME.lastIndex = start;
  const scheme = SCHEME.exec(text)?.[1]?.toLowerCase();
  const behind = SCHEME.lastIndex;
  if (scheme !== undefined && behind < end && PARAMETER_SCHEMES.has(scheme)) {
    const stop = isQuoted ? end : lineEnd(text, behind, quote);
    // The quoted text may end right behind the scheme: `\"` of JSON within JSON.
    return stop > behind ? [behind, stop] : undefined;
  }
  const hasScheme = scheme !== undefined && behind < end && TOKEN_SCHEMES.has(scheme);
  const from = hasScheme ? behind : start;
  const stop = isQuoted ? end : tokenEnd(text, from, end);
  const value = text.slice(from, stop);
  if (stop <= from || isPlaceholder(value) || TOKEN_SCHEMES.has(value.toLowerCase())) {
    return undefined;
  }
  // Behind a scheme, or in quotes, it is one however it looks; else it may be a word of a sentence.
  const isCredential = isQuoted ? hasScheme || !value.includes(' ') || TOKENISH.test(value) : TOKENISH.test(value);
  return isCredential || value.length >= (hasScheme ? WORD_CHARS_MAX : LONG_CHARS_MIN) ? [from, stop] : undefined;
}

/** A cookie's pairs, without quotes: to the end of the line when blanks follow semicolons only. */
function cookieEnd(text: string, from: number, quote: string): number {
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const isEnd =
      code === 10 || code === 13 || text[at] === quote || (code === 92 && /[nr"']/.test(text[at + 1] ?? ''));
    if (isEnd || (isBlank(code) && text[at - 1] !== ';' && !isBlank(text.charCodeAt(at - 1)))) {
      return at;
    }
  }
  return text.length;
}

/** The quote that stands before the header's name and is not closed behind it: of `-H 'Authorization: …'`, not of `"authorization": …`. */
function openQuote(text: string, nameEnd: number, at: number): string {
  let start = nameEnd;
  while (start > 0 && nameEnd - start < 64 && isHeaderChar(text.charCodeAt(start - 1))) {
    start -= 1;
  }
  const quote = start > 0 && isQuote(text.charCodeAt(start - 1)) ? (text[start - 1] ?? '') : '';
  return quote !== '' && nameEnd === at ? quote : '';
}

/** The value in its quotes; without, only its beginning is known, and its end is the text's. */
function headerRange(text: string, operatorEnd: number): ValueRange | undefined {
  const start = skipClass(text, operatorEnd, Math.min(text.length, operatorEnd + 8), isBlank);
  const code = text.charCodeAt(start);
  if (isQuote(code) || code === BACKSLASH || text[start] === '[') {
    return valueRangeAt(text, operatorEnd);
  }
  return start < text.length ? { start, end: text.length, isQuoted: false } : undefined;
}

function headerValue(text: string, at: number): readonly [number, number] | undefined {
  const nameEnd = nameEndBefore(text, at);
  const header = nameEnd === -1 ? undefined : headerBefore(text, nameEnd);
  if (header === undefined) {
    return undefined;
  }
  const operatorEnd = text[at + 1] === '>' || text[at + 1] === '=' ? at + 2 : at + 1;
  const range = headerRange(text, operatorEnd);
  const quote = openQuote(text, nameEnd, at);
  if (range === undefined || !COOKIES.includes(header)) {
    return range === undefined ? undefined : credentials(text, range, quote);
  }
  const { start, isQuoted } = range;
  const beginning = text.slice(start, isQuoted ? Math.min(range.end, start + PAIR_CHARS_MAX) : start + PAIR_CHARS_MAX);
  const isCookie = isQuoted ? !isPlaceholder(beginning) : PAIR.test(beginning);
  return isCookie ? [start, isQuoted ? range.end : cookieEnd(text, start, quote)] : undefined;
}

/** Values of `Authorization`, `Cookie` and their like, as lines of headers, in JSON, in logfmt, and in command lines; the scheme stays. */
export const authorizationDetector: Detector = {
  name: 'authorization',
  needs: TextFeature.assignment,
  find(text, _field, report) {
    let colon = text.indexOf(':');
    let equals = text.indexOf('=');
    while (colon !== -1 || equals !== -1) {
      const at = equals === -1 || (colon !== -1 && colon < equals) ? colon : equals;
      const found = headerValue(text, at);
      let next = at + 1;
      if (found !== undefined) {
        report(found[0], found[1]);
        next = found[1];
      }
      colon = colon !== -1 && colon < next ? text.indexOf(':', next) : colon;
      equals = equals !== -1 && equals < next ? text.indexOf('=', next) : equals;
    }
  },
};

const BEARERS = ['earer ', 'EARER '] as const;
const BEARER_TOKEN = /[\w.~+/-]{16,4096}={0,2}/y;

function reportBearers(text: string, literal: string, report: ReportFinding): void {
  for (let at = text.indexOf(literal); at !== -1; at = text.indexOf(literal, at + literal.length)) {
    const isWord = (text.charCodeAt(at - 1) | 32) === 98;
    BEARER_TOKEN.lastIndex = skipClass(
      text,
      at + literal.length,
      Math.min(text.length, at + literal.length + 4),
      isBlank,
    );
    const start = BEARER_TOKEN.lastIndex;
    if (isWord && BEARER_TOKEN.test(text) && /\d/.test(text.slice(start, start + 64))) {
      report(start, BEARER_TOKEN.lastIndex);
    }
  }
}

/** `Bearer <token>` without a header's name. */
export const bearerDetector: Detector = {
  name: 'authorization',
  needs: TextFeature.longRun,
  find(text, _field, report) {
    const literal = BEARERS.find((candidate) => text.includes(candidate));
    if (literal !== undefined) {
      reportBearers(text, literal, report);
    }
  },
};
