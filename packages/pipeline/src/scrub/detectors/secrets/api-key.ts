import type { PrivacyPolicy } from '@aegisguard/model';
import type { Detector, ReportFinding } from '../../detector.ts';
import { TextFeature } from '../../text-features.ts';
import { KEY_FORMATS, type KeyFormat } from './api-key-formats.ts';
import { isAlphanumeric, isRunChar, isTokenChar } from './char-classes.ts';
import { escapedChars } from './name-before.ts';
import { NameMeanings } from './name-meanings.ts';
import { isTokenOf } from './secret-value.ts';
import { entropyOf } from './token-shape.ts';

/** Every key has a run of at least this many characters of `[A-Za-z0-9_-]` (`TextFeature.longRun`). */
const RUN_CHARS = 16;
/** Bits per character that random keys have even where only hexadecimal digits are in them; runs of one character, `ghp_xxxx…`, have less. */
const ENTROPY_BITS_MIN = 2.5;
const CODES = 128;
/** No token that a field holds as its whole value is longer. */
const TOKEN_CHARS_MAX = 200;

/** Index into `BUCKETS` + 1 by a word's first two characters, in lower case; 0 for none. */
const bucketOf = new Uint8Array(CODES * CODES);
/** Formats by the third character, in lower case: those whose prefix has it, and those whose prefix has two. */
const BUCKETS: (readonly KeyFormat[] | undefined)[][] = [];
const initialsOf = (prefix: string): number => prefix.charCodeAt(0) * CODES + prefix.charCodeAt(1);
for (const [initials, formats] of Map.groupBy(KEY_FORMATS, ({ prefix }) => initialsOf(prefix))) {
  const bucket = Array.from({ length: CODES }, (_, third) => {
    const possible = formats.filter(({ prefix }) => prefix.length === 2 || prefix.charCodeAt(2) === third);
    return possible.length === 0 ? undefined : possible;
  });
  bucketOf[initials] = BUCKETS.push(bucket);
}

function lowerCode(code: number): number {
  return code >= 65 && code <= 90 ? code + 32 : code;
}

/** Whether a format's prefix, whose first three characters are known to be there, stands at `at` in any case. */
function hasPrefix(text: string, at: number, prefix: string): boolean {
  for (let i = 3; i < prefix.length; i += 1) {
    if (lowerCode(text.charCodeAt(at + i)) !== prefix.charCodeAt(i)) {
      return false;
    }
  }
  return true;
}

function bucketAt(text: string, at: number): readonly KeyFormat[] | undefined {
  const first = lowerCode(text.charCodeAt(at));
  const second = lowerCode(text.charCodeAt(at + 1));
  const bucket = first < CODES && second < CODES ? bucketOf[first * CODES + second] : 0;
  return bucket === 0 || bucket === undefined ? undefined : BUCKETS[bucket - 1]?.[lowerCode(text.charCodeAt(at + 2))];
}

/** Facebook's `id|secret`, and Telegram's `id:A…`: digits before the run decide. */
const FACEBOOK = /\d{15,16}(?:\||%7C|%)[\w-]{27,40}(?![\w-])/iy;
const TELEGRAM = /\d{6,16}:AA[\w-]{33}(?![\w-])/y;

/** A text's search, from wide run to wide run. */
class KeySearch {
  private readonly text: string;
  private readonly report: ReportFinding;
  /** Nothing before this is looked at again. */
  private done = 0;
  /** End of the last key. */
  private reported = 0;

  constructor(text: string, report: ReportFinding) {
    this.text = text;
    this.report = report;
  }

  /** Leaps from one character to the 16th after it: where that is not of a run, no long run covers what is between. */
  run(): void {
    const { text } = this;
    let at = RUN_CHARS - 1;
    while (at < text.length) {
      const low = Math.max(this.done, at - RUN_CHARS + 1);
      let start = at + 1;
      while (start > low && isRunChar(text.charCodeAt(start - 1))) {
        start -= 1;
      }
      if (start === low) {
        this.searchAround(low, at + 1);
        at = this.done + RUN_CHARS - 1;
      } else {
        at = start + RUN_CHARS - 1;
      }
    }
  }

  /** Looks at every word in the run of characters of tokens, separators among them, that has the given run in it. */
  private searchAround(runStart: number, runEnd: number): void {
    const { text } = this;
    let start = runStart;
    while (start > this.done && isTokenChar(text.charCodeAt(start - 1))) {
      start -= 1;
    }
    let end = runEnd;
    while (end < text.length && isTokenChar(text.charCodeAt(end))) {
      end += 1;
    }
    let at = this.searchBehindDigits(start);
    at = this.searchFrom(at + (at === start ? escapedChars(text, start) : 0), end);
    while (at < end) {
      if (isAlphanumeric(text.charCodeAt(at)) && !isAlphanumeric(text.charCodeAt(at - 1))) {
        at = this.searchFrom(at, end);
      } else {
        at += 1;
      }
    }
    this.done = Math.max(end, at, this.done + 1);
  }

  /** Reports the key that begins at `at`; answers where to go on. */
  private searchFrom(at: number, end: number): number {
    const { text } = this;
    const bucket = bucketAt(text, at);
    if (bucket === undefined) {
      return at + 1;
    }
    for (const { prefix, pattern, before } of bucket) {
      const start = at - before;
      if (start < this.done || !hasPrefix(text, at, prefix)) {
        continue;
      }
      pattern.lastIndex = start;
      if (pattern.test(text)) {
        const stop = pattern.lastIndex;
        // One that has no entropy has none in its parts, either: it is stepped over as a whole.
        if (entropyOf(text, start, stop) >= ENTROPY_BITS_MIN) {
          this.report(start, stop);
          this.done = stop;
          this.reported = stop;
        }
        return Math.max(stop, Math.min(at + 1, end));
      }
    }
    return at + 1;
  }

  /** Keys whose first part, of digits, stands before a separator that is in no other key. */
  private searchBehindDigits(start: number): number {
    const { text } = this;
    const separator = start === 0 ? '' : (text[start - 1] ?? '');
    if (separator !== ':' && separator !== '|' && separator !== '%') {
      return start;
    }
    let from = start - 1;
    while (from > this.reported && from > start - 18 && /\d/.test(text[from - 1] ?? '')) {
      from -= 1;
    }
    const pattern = separator === ':' ? TELEGRAM : FACEBOOK;
    pattern.lastIndex = from;
    if (!pattern.test(text)) {
      return start;
    }
    this.report(from, pattern.lastIndex);
    this.done = pattern.lastIndex;
    this.reported = pattern.lastIndex;
    return pattern.lastIndex;
  }
}

/** Keys and tokens of the vendors that are known: by their forms anywhere, and as whole values of fields whose name hints at a vendor or a key. */
export function createApiKeyDetector(policy: PrivacyPolicy): Detector {
  const meanings = new NameMeanings(policy.secretFields);
  return {
    name: 'api-key',
    needs: TextFeature.longRun,
    find(text, field, report) {
      if (text.length <= TOKEN_CHARS_MAX && field.name !== '' && isTokenOf(meanings.of(field.name), text)) {
        report(0, text.length);
        return;
      }
      new KeySearch(text, report).run();
    },
  };
}
