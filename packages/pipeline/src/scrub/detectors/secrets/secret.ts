import type { PrivacyPolicy } from '@aegisguard/model';
import type { Detector, ReportFinding } from '../../detector.ts';
import { NameStrength } from '../../field-names.ts';
import { TextFeature } from '../../text-features.ts';
import { isBlank, isDigit, isNameChar, isRunChar } from './char-classes.ts';
import { nameEndBefore, nameStartBefore, phraseStartBefore } from './name-before.ts';
import { type NameMeaning, NameMeanings } from './name-meanings.ts';
import { NameTails } from './name-tails.ts';
import { isSecretValue, isTokenOf } from './secret-value.ts';
import { KnownRun, mayBeToken, tokenRangeAt } from './token-range.ts';
import { type ValueRange, valueRangeAt } from './value-range.ts';

const EQUALS = 61;
const COLON = 58;
const GREATER = 62;
const COMMA = 44;
const BAR = 124;
const HYPHEN = 45;
const PERCENT = 37;
const EXCLAMATION = 33;
const SLASH = 47;
const LESS = 60;

/** 1 for what may begin an operator that gives a name a value. */
const OPERATORS = new Uint8Array(128);
for (const code of [EQUALS, COLON, GREATER, COMMA, BAR, HYPHEN, PERCENT]) {
  OPERATORS[code] = 1;
}

/** `{"name": "DB_PASSWORD", "value": "x"}`: how far the value may be from the name. */
const LABEL_CHARS_MAX = 40;
/** The name that a label gives: in quotes, or to the end of a line of YAML. */
const LABEL = /[ \t]{0,4}(?:\\{0,3}["']([\w.-]{2,64})(?=[\\"'])|([\w.-]{2,64})(?=[ \t]{0,4}\r?(?:\n|\\n)))/y;
const OPTION = /[A-Za-z][\w-]{1,63}(?=[ \t])/y;

interface Operator {
  readonly at: number;
  readonly code: number;
  readonly end: number;
  readonly nameStart: number;
  readonly nameEnd: number;
}

/** `:`, `:=`, `::=`; not `std::token`, `https://`. */
function colonEnd(text: string, at: number): number {
  let end = at + 1;
  while (end < at + 3 && text.charCodeAt(end) === COLON) {
    end += 1;
  }
  if (text.charCodeAt(end) === EQUALS) {
    return end + 1;
  }
  return end > at + 1 || text.charCodeAt(end) === SLASH ? -1 : end;
}

/** Where the operator at `at` ends: `=`, `:=`, `::=`, `=>`, `||`, `%3D`; -1 when there is none. */
function operatorEndAt(text: string, at: number, code: number): number {
  const next = text.charCodeAt(at + 1);
  switch (code) {
    case BAR:
      return next === BAR ? at + 2 : -1;
    case PERCENT:
      return next === 51 && /[dDaA]/.test(text[at + 2] ?? '') ? at + 3 : -1;
    case EQUALS: {
      const isComparison = text.charCodeAt(at - 1) === EXCLAMATION;
      return isComparison ? -1 : at + (next === GREATER || next === EQUALS ? 2 : 1);
    }
    case COLON:
      return colonEnd(text, at);
    default:
      return at + 1;
  }
}

/** `/secret:`, and `:123456789012:secret:` (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html). */
function isOfPathOrArn(text: string, nameStart: number): boolean {
  const before = text.charCodeAt(nameStart - 1);
  return before === SLASH || (before === COLON && isDigit(text.charCodeAt(nameStart - 2)));
}

/** One text's search: the state that its functions share. */
class SecretSearch {
  /** End of the last value that was a secret's name, and how much that name says. */
  private labelEnd = Number.NEGATIVE_INFINITY;
  private labelStrength: NameStrength = NameStrength.none;

  private readonly knownRun = new KnownRun();
  private readonly text: string;
  private readonly meanings: NameMeanings;
  private readonly tails: NameTails;
  private readonly report: ReportFinding;

  constructor(text: string, meanings: NameMeanings, tails: NameTails, report: ReportFinding) {
    this.text = text;
    this.meanings = meanings;
    this.tails = tails;
    this.report = report;
  }

  run(): void {
    const { text } = this;
    for (let at = 0; at < text.length; ) {
      const code = text.charCodeAt(at);
      at = code < 128 && OPERATORS[code] === 1 ? this.lookAt(at, code) : at + 1;
    }
  }

  /** Judges what is at an operator's first character; answers where to go on. */
  private lookAt(at: number, code: number): number {
    const range = code === HYPHEN ? this.optionValue(at) : this.assignedValue(at, code);
    if (range === undefined) {
      return at + 1;
    }
    this.report(range.start, range.end);
    return range.end;
  }

  private assignedValue(at: number, code: number): ValueRange | undefined {
    const { text } = this;
    const nameEnd = nameEndBefore(text, at);
    if (nameEnd === -1) {
      return undefined;
    }
    const end = operatorEndAt(text, at, code);
    if (end === -1) {
      return undefined;
    }
    // What ends in a digit before a comma is the value before rather than a name.
    const isRow = (code === COMMA || code === BAR) && isDigit(text.charCodeAt(nameEnd - 1));
    const maySayMuch = !isRow && this.tails.has(text, nameEnd);
    if (!(maySayMuch || mayBeToken(text, end))) {
      return undefined;
    }
    const operator = { at, code, end, nameEnd, nameStart: nameStartBefore(text, nameEnd) };
    const meaning = this.meanings.at(text, operator.nameStart, nameEnd);
    return this.strongValue(operator, meaning) ?? this.tokenValue(operator, meaning);
  }

  /** The value of a name that says "secret" itself. */
  private strongValue(operator: Operator, meaning: NameMeaning): ValueRange | undefined {
    const { text } = this;
    const strength = this.strengthAt(operator, meaning);
    const isPath = operator.code === COLON && isOfPathOrArn(text, operator.nameStart);
    if (strength < NameStrength.token || operator.code === COMMA || operator.code === BAR || isPath) {
      return undefined;
    }
    if (operator.code === GREATER) {
      return this.elementValue(operator, strength);
    }
    const range = valueRangeAt(text, operator.end, operator.code === PERCENT);
    const name = text.slice(operator.nameStart, operator.nameEnd);
    return range !== undefined && isSecretValue(text, range, strength, operator.end, name) ? range : undefined;
  }

  /** A name's own strength, or that of the name which the value before gave to this one. Remembers the value of a label. */
  private strengthAt(operator: Operator, meaning: NameMeaning): NameStrength {
    if (meaning.role === 'label') {
      LABEL.lastIndex = operator.end;
      const match = isNameChar(this.text.charCodeAt(operator.end)) ? null : LABEL.exec(this.text);
      const label = match?.[1] ?? match?.[2];
      if (label !== undefined) {
        this.labelEnd = LABEL.lastIndex;
        this.labelStrength = this.meanings.of(label).strength;
      }
    } else if (meaning.role === 'value' && operator.at - this.labelEnd <= LABEL_CHARS_MAX) {
      return this.labelStrength;
    }
    return meaning.strength;
  }

  /** `<password>x</password>`. */
  private elementValue(operator: Operator, strength: NameStrength): ValueRange | undefined {
    const { text } = this;
    if (operator.nameEnd !== operator.at || text.charCodeAt(operator.nameStart - 1) !== LESS) {
      return undefined;
    }
    const close = text.indexOf('<', operator.end);
    const range = { start: operator.end, end: close === -1 ? text.length : close, isQuoted: true };
    const isValue = range.end > range.start && isSecretValue(text, range, strength, operator.end, '');
    return isValue ? range : undefined;
  }

  /** A value that looks like a token, under a name that hints at one, or words that do: `adafruit = x`, `API key for prod: x`. */
  private tokenValue(operator: Operator, meaning: NameMeaning): ValueRange | undefined {
    const { text } = this;
    const isNamed = meaning.strength !== NameStrength.none || meaning.vendorValues !== undefined;
    // Words before belong to a name in sentences only; in `x=1 y=2` they are of something else.
    const isSentence =
      !meaning.isAbout && text[operator.nameStart - 1] === ' ' && isBlank(text.charCodeAt(operator.end));
    if (!(isNamed || isSentence)) {
      return undefined;
    }
    const range = tokenRangeAt(text, operator.end, this.knownRun);
    if (range === undefined) {
      return undefined;
    }
    const value = text.slice(range.start, range.end);
    if (isTokenOf(meaning, value)) {
      return range;
    }
    if (!isSentence) {
      return undefined;
    }
    const start = phraseStartBefore(text, operator.nameStart);
    const isPhrases =
      start < operator.nameStart && isTokenOf(this.meanings.of(text.slice(start, operator.nameEnd)), value);
    return isPhrases ? range : undefined;
  }

  /** `--password x`; `--password=x` is an assignment. */
  private optionValue(at: number): ValueRange | undefined {
    const { text } = this;
    if (text.charCodeAt(at + 1) !== HYPHEN || (at > 0 && isRunChar(text.charCodeAt(at - 1)))) {
      return undefined;
    }
    OPTION.lastIndex = at + 2;
    const name = OPTION.exec(text)?.[0];
    const strength = name === undefined ? NameStrength.none : this.meanings.of(name).strength;
    if (name === undefined || strength < NameStrength.token) {
      return undefined;
    }
    const end = at + 2 + name.length;
    const range = valueRangeAt(text, end);
    const isValue = range !== undefined && text[range.start] !== '-' && isSecretValue(text, range, strength, end, name);
    return isValue ? range : undefined;
  }
}

/** Values that are given to names of secrets, or of vendors of keys, within a text: `password=x`, `"api_key": "x"`, `?token=x`, `<secret>x</secret>`, `--password x`. Two, because a text is looked at that has one feature or another. */
export function createValueDetectors(policy: PrivacyPolicy): readonly Detector[] {
  const meanings = new NameMeanings(policy.secretFields);
  const tails = new NameTails(policy.secretFields);
  const find: Detector['find'] = (text, _field, report) => new SecretSearch(text, meanings, tails, report).run();
  return [
    { name: 'secret', needs: TextFeature.assignment, find },
    {
      name: 'secret',
      needs: TextFeature.signs,
      find: (text, field, report) => {
        if (!(text.includes('=') || text.includes(':'))) {
          find(text, field, report);
        }
      },
    },
  ];
}
