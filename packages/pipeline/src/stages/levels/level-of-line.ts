// Where lines have their level: https://www.rfc-editor.org/rfc/rfc5424#section-6.2.1 (`<PRI>`), glog's and klog's letter, and the layouts of log4j, java.util.logging, Python's logging, Serilog, zerolog,
// .NET's console, Ruby's Logger, logcat, tornado, nginx, PostgreSQL.
import { severityNumberOf } from '../severity-names.ts';
import { severityOfSyslog } from './level-of-attributes.ts';

/** Levels stand near a line's beginning. UTF-16 units. */
const WINDOW = 100;
/** The longest name, `informational`. */
const NAME_LENGTH_MAX = 13;
/** Before a name in brackets so many words of prose may stand behind a time, one without a time: a host, a program. Before one without brackets only a host may, behind a time. */
const PROSE_MAX = 2;

/** Names that say a level when they stand alone in capitals. */
const CAPITALS = new Set(
  'TRACE TRC VERBOSE VRB FINEST FINER FINE DEBUG DBG INFO INF INFORMATION NOTICE WARN WARNING WRN ERROR ERR SEVERE FATAL FTL CRITICAL CRIT ALERT EMERG EMERGENCY PANIC'.split(
    ' ',
  ),
);
/** Names that say one in brackets, or before a colon, in any case. */
const NAMES = new Set([
  ...[...CAPITALS].map((name) => name.toLowerCase()),
  ...['trce', 'dbug', 'fail', 'dpanic', 'log', 'config'],
]);
/** Before a colon these are words of prose as well, unless in capitals. */
const PROSE_NAMES = new Set(['alert', 'emergency', 'fine', 'finer', 'finest', 'log', 'config']);
/** Words that have the level behind `=` or `:`. */
const KEYS = new Set(['level', 'lvl', 'severity', 'loglevel', 'log_level', 'log.level']);
/** Words of a line's head that are no prose though they have no digits. */
const HEAD_WORDS = new Set([
  ...'jan feb mar apr may jun jul aug sep oct nov dec mon tue wed thu fri sat sun'.split(' '),
  ...'am pm utc gmt cet cest est edt cst cdt mst mdt pst pdt z'.split(' '),
]);

const ESCAPE = 27;
const COLON = 58;
const EQUALS = 61;
const QUOTE = 34;
const BRACKET = 91;
const BAR = 124;
/** Between a key and its value. */
const SEPARATORS = new Set([' ', '=', ':', '"']);
const OPENING = new Set(['[', '(', '<', '|', '{']);

/** Bits of an ASCII character: what words of code are made of, letters, digits. */
const WORD = 1;
const LETTER = 2;
const DIGIT = 4;
const KIND = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  const letter = /[A-Za-z]/.test(character) ? LETTER : 0;
  const digit = /\d/.test(character) ? DIGIT : 0;
  return (/[\w./-]/.test(character) ? WORD : 0) | letter | digit;
});
/** First letters of names and keys, in either case: most words have another one. */
const FIRST_LETTERS = new Set([...NAMES, ...KEYS].flatMap((name) => [name.charCodeAt(0), name.charCodeAt(0) - 32]));
const NAME_LENGTH_MIN = 3;
const HEAD_WORD_LENGTH_MAX = 4;

function kindOf(code: number): number {
  // Letters of other scripts make words, too; NaN, beyond the end, makes none.
  return code < 128 ? (KIND[code] ?? 0) : code > 127 ? WORD : 0;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isLetter(code: number): boolean {
  return (kindOf(code) & LETTER) !== 0;
}

/** Letter of glog, logcat and others → the name that it stands for. */
function ofLetter(letter: string): number {
  return 'TVDIWEF'.includes(letter) ? severityNumberOf(letter) : 0;
}

/** `<134>`: the three low bits are the severity. */
function ofPri(line: string): number {
  if (line.charCodeAt(0) !== 60) {
    return 0;
  }
  const end = line.indexOf('>');
  if (end < 2 || end > 4) {
    return 0;
  }
  const pri = Number(line.slice(1, end));
  return Number.isInteger(pri) && pri >= 0 && pri <= 191 && isDigit(line.charCodeAt(1)) ? severityOfSyslog(pri & 7) : 0;
}

/** `E1126 14:03:05.123456`, `[I 14:03:05 …]`, `E/Tag(`. */
function ofGlog(line: string): number {
  const at = line.charCodeAt(0) === 91 ? 1 : 0;
  const letter = line.charAt(at);
  const next = line.charCodeAt(at + 1);
  if (at === 1) {
    return next === 32 && isDigit(line.charCodeAt(3)) ? ofLetter(letter) : 0;
  }
  if (next === 47 && isLetter(line.charCodeAt(2))) {
    return /^[VDIWEF]\/[\w.$-]{1,60}[ (:]/.test(line) ? ofLetter(letter) : 0;
  }
  return isDigit(next) && /^[IWEF]\d{4}(?:\d{4})? \d\d:/.test(line) ? ofLetter(letter) : 0;
}

/** The words of a line's beginning, one after the other, and what they say. */
class HeadScanner {
  private at = 0;
  private prose = 0;
  private sawDigits = false;
  private readonly line: string;
  private readonly end: number;

  constructor(line: string) {
    this.line = line;
    this.end = Math.min(line.length, WINDOW);
  }

  find(): number {
    while (this.at < this.end && this.prose <= (this.sawDigits ? PROSE_MAX : 1)) {
      const code = this.line.charCodeAt(this.at);
      if (code === ESCAPE) {
        this.skipColour();
      } else if ((kindOf(code) & WORD) !== 0) {
        const severityNumber = this.readWord();
        if (severityNumber !== 0) {
          return severityNumber;
        }
      } else {
        this.at += 1;
      }
    }
    return 0;
  }

  /** ANSI: `ESC [ 31 m`. */
  private skipColour(): void {
    this.at += 1;
    while (this.at < this.end && !isLetter(this.line.charCodeAt(this.at))) {
      this.at += 1;
    }
    this.at += 1;
  }

  private readWord(): number {
    const { line } = this;
    const from = this.at;
    let seen = 0;
    let all = WORD | LETTER;
    let at = from;
    let code = line.charCodeAt(at);
    for (let kind = kindOf(code); (kind & WORD) !== 0; kind = kindOf(code)) {
      seen |= kind;
      all &= kind;
      at += 1;
      code = line.charCodeAt(at);
    }
    this.at = at;
    if ((all & LETTER) === 0) {
      this.sawDigits ||= (seen & DIGIT) !== 0;
      return 0;
    }
    const severityNumber = this.ofName(from, code);
    // Code, names with dots and what has a colon behind belong to a head; plain words are prose.
    this.prose += severityNumber === 0 && this.isProse(from, code) ? 1 : 0;
    return severityNumber;
  }

  private isProse(from: number, next: number): boolean {
    const { line } = this;
    const isHead =
      next === COLON || next === EQUALS || next === BRACKET || (next === 32 && line.charCodeAt(this.at + 1) === BAR);
    if (isHead || this.isEnclosed(from)) {
      return false;
    }
    return this.at - from > HEAD_WORD_LENGTH_MAX || !HEAD_WORDS.has(line.slice(from, this.at).toLowerCase());
  }

  private isEnclosed(from: number): boolean {
    return from > 0 && OPENING.has(this.line.charAt(from - 1));
  }

  /** What a word of letters says, 0 when it is no level's name or not where one stands. */
  private ofName(from: number, next: number): number {
    const length = this.at - from;
    if (length === 1) {
      return this.ofSingleLetter(this.line.charAt(from), from, next);
    }
    if (length < NAME_LENGTH_MIN || length > NAME_LENGTH_MAX || !FIRST_LETTERS.has(this.line.charCodeAt(from))) {
      return 0;
    }
    const word = this.line.slice(from, this.at);
    const lower = word.toLowerCase();
    if ((next === EQUALS || next === COLON || next === QUOTE) && KEYS.has(lower)) {
      return this.ofKey();
    }
    if (!NAMES.has(lower)) {
      return 0;
    }
    return this.isBracketed(from) || (this.isInHead() && this.isHeadName(word, from, next)) ? severityOfName(lower) : 0;
  }

  /** In capitals, coloured, or before a colon. */
  private isHeadName(word: string, from: number, next: number): boolean {
    const isCapital = CAPITALS.has(word) || word === 'LOG' || word === 'CONFIG';
    if (next === COLON || next === ESCAPE) {
      return isCapital || !PROSE_NAMES.has(word.toLowerCase());
    }
    return CAPITALS.has(word) && this.standsAlone(from, next);
  }

  /** No prose has come yet, but for a host's name behind the time. */
  private isInHead(): boolean {
    return this.prose === 0 || (this.prose === 1 && this.sawDigits);
  }

  private isBracketed(from: number): boolean {
    const { line } = this;
    let end = this.at;
    while (line.charCodeAt(end) === 32 && end < this.at + 4) {
      end += 1;
    }
    const before = line.charAt(from - 1);
    const after = line.charAt(end);
    return (
      (before === '[' && after === ']') ||
      (before === '<' && after === '>') ||
      (before === '(' && after === ')') ||
      (before === '|' && after === '|')
    );
  }

  /** Neither a part of a path nor of a longer name. */
  private standsAlone(from: number, next: number): boolean {
    const before = from === 0 ? 32 : this.line.charCodeAt(from - 1);
    const isFree = (code: number): boolean => !(code === 34 || code === 39 || code === EQUALS || code === 42);
    return isFree(before) && before !== 62 && (this.at >= this.line.length || isFree(next));
  }

  /** logcat: `11-26 14:03:05.123  1234  5678 E Tag: …`. */
  private ofSingleLetter(letter: string, from: number, next: number): number {
    const isAlone = next === 32 && this.line.charCodeAt(from - 1) === 32;
    return this.sawDigits && this.prose === 0 && isAlone && isDigit(this.line.charCodeAt(from - 2))
      ? ofLetter(letter)
      : 0;
  }

  /** `level=warn`, `level: "warn"`. */
  private ofKey(): number {
    let from = this.at;
    while (from < this.at + 5 && SEPARATORS.has(this.line.charAt(from))) {
      from += 1;
    }
    let end = from;
    while (isLetter(this.line.charCodeAt(end)) && end - from <= NAME_LENGTH_MAX) {
      end += 1;
    }
    return severityNumberOf(this.line.slice(from, end));
  }
}

/** `.NET` cuts its names to four letters. */
function severityOfName(name: string): number {
  return severityNumberOf(name === 'trce' ? 'trace' : name);
}

/** The severity number that a line's beginning says, 0 when it says none. Words of prose say nothing: `no error` is none, and neither is `the ERROR page`. */
export function levelOfLine(line: string): number {
  if (line === '') {
    return 0;
  }
  return ofPri(line) || ofGlog(line) || new HeadScanner(line).find();
}
