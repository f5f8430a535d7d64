import type { PrivacyPolicy } from '@aegisguard/model';
import type { CreateDetector, Detector, Field, ReportFinding } from '../detector.ts';
import { TextFeature } from '../text-features.ts';
import { GROUPS_MAX, PhoneChain } from './phone-chain.ts';
import { endOfDigits, isDigit, isWordCharacter, Separator } from './phone-characters.ts';
import { contextBefore, contextOfName, type PhoneContext } from './phone-context.ts';
import { arePairs, isDottedQuad } from './phone-lookalikes.ts';
import { PhoneNumbering } from './phone-numbering.ts';
import { isBehindNumber, mayBegin, nextDigits, nextRun } from './phone-rows.ts';
import {
  DIGITS_MIN,
  groupsInContext,
  internationalGroups,
  isLikelyNumber,
  nationalGroups,
  northAmericanGroups,
} from './phone-shapes.ts';

/** ` ext. 5`, `x123`, `;ext=123`. */
const EXTENSION =
  /^(?:[ ,;]{0,2}(?:x|ext\.?|extn\.?|extension|доб\.?)[ .:=]{0,2}|[ ,]{0,2}#[ ]?)\d{1,6}(?![\dA-Za-z])/i;
const EXTENSION_MAX = 24;
const NAMES_REMEMBERED_MAX = 500;
const SENTENCE_MAX = 100;
/** Other digits, and what gives values to names. */
const NO_SENTENCE = /[\d=:{}[\]"|/]/;

/** Finds telephone numbers: with a country code anywhere, national ones of the policy's regions by their shape, and any digits where the words before them or the field's name say what they are. */
export const createPhoneDetector: CreateDetector = (policy: PrivacyPolicy): Detector => {
  const scan = new PhoneScan(new PhoneNumbering(policy.phoneRegions));
  return {
    name: 'phone',
    needs: TextFeature.sevenDigits,
    find: (text, field, report) => scan.find(text, field, report),
  };
};

class PhoneScan {
  private readonly chain = new PhoneChain();
  private readonly contextsOfNames = new Map<string, PhoneContext>();
  private text = '';
  private field: Field = { name: '', place: '' };
  private lastEnd = -1;
  private contextOfField: PhoneContext | undefined;
  private readonly numbering: PhoneNumbering;

  constructor(numbering: PhoneNumbering) {
    this.numbering = numbering;
  }

  find(text: string, field: Field, report: ReportFinding): void {
    this.text = text;
    this.field = field;
    this.lastEnd = -1;
    this.contextOfField = undefined;
    this.numbering.beginText(text.length);
    let at = nextDigits(text, 0, DIGITS_MIN);
    while (at >= 0) {
      // What follows a number that was found is a list's next, also behind nothing but a blank.
      const end = at === this.lastEnd + 1 || mayBegin(text, at) ? this.consider(at, report) : endOfDigits(text, at);
      const run = nextRun(text, end);
      at = run >= 0 ? run : nextDigits(text, end, DIGITS_MIN);
    }
    this.text = '';
  }

  // What begins at this digit is reported or passed over; answers where to go on.
  private consider(at: number, report: ReportFinding): number {
    const { chain, text } = this;
    chain.read(text, at);
    const isNext = this.lastEnd >= 0 && at === this.lastEnd + 1;
    if (isNext) chain.leftEdge = 'clean';
    chain.isInRow = !isNext && isBehindNumber(text, at);
    const groups = chain.leftEdge === 'inside' || chain.total < DIGITS_MIN ? 0 : this.groupsOfNumber();
    if (groups === 0) {
      // No number begins within an IPv4 address.
      return chain.ends[!chain.hasPlus && isDottedQuad(chain) ? 3 : 0] ?? at + 1;
    }
    const end = this.endWithExtension(chain.ends[groups - 1] ?? at + 1);
    report(chain.startFor(groups), end);
    this.lastEnd = end;
    return end;
  }

  private groupsOfNumber(): number {
    const { chain, numbering, text } = this;
    if (chain.hasPlus) {
      return internationalGroups(chain, 0, numbering, this.mayEnd) || this.groupsByContext();
    }
    // An address, and a run of digits alone, which only words make a number.
    if (isDottedQuad(chain)) return 0;
    if (chain.leftEdge === 'joined') return this.groupsByContext();
    const skip = chain.isInRow && chain.count === 1 ? 0 : this.lengthOfInternationalPrefix();
    if (skip > 0) {
      const groups = internationalGroups(chain, skip, numbering, this.mayEnd);
      if (groups > 0) return groups;
    }
    if (chain.count === 1) return this.groupsByContext();
    if (numbering.hasNorthAmerican) {
      const groups = northAmericanGroups(chain, this.isAlone() || this.isQuoted() || this.isInSentence(), this.mayEnd);
      if (groups > 0) return groups;
    }
    return nationalGroups(text, chain, this.isAlone(), numbering, this.mayEnd) || this.groupsByContext();
  }

  // `00`, and `011` from North America.
  private lengthOfInternationalPrefix(): number {
    const { chain, text } = this;
    const first = chain.starts[0] ?? 0;
    if (text.startsWith('00', first)) return isDumpBehindZeros(text, chain) ? 0 : 2;
    return this.numbering.hasNorthAmerican && text.startsWith('011', first) ? 3 : 0;
  }

  private groupsByContext(): number {
    const { chain } = this;
    const groups = groupsInContext(chain, this.mayEnd);
    if (groups === 0) return 0;
    const context = this.context();
    if (context === 'strong') return groups;
    if (context === 'none' || chain.leftEdge !== 'clean') return 0;
    return isLikelyNumber(chain, groups) || this.isGivenOut(groups) ? groups : 0;
  }

  // Of digits without separators behind words that say little: `call 9876543210`.
  private isGivenOut(groups: number): boolean {
    const digits = this.chain.digits(0, groups);
    if (this.numbering.hasNorthAmerican && /^1?[2-9]\d\d[2-9]\d{6}$/.test(digits)) return true;
    if (digits.startsWith('0') || digits.length === 10) return this.numbering.isNational(digits, 'any');
    return digits.length > 10 && digits.length < 13 && this.numbering.international(digits) === 'valid';
  }

  private context(): PhoneContext {
    const before = contextBefore(this.text, this.chain.start, this.lastEnd);
    if (before === 'strong') return before;
    this.contextOfField ??= this.readContextOfField();
    return this.contextOfField === 'none' ? before : this.contextOfField;
  }

  private readContextOfField(): PhoneContext {
    const ofName = this.contextOf(this.field.name);
    return ofName === 'none' ? this.contextOf(this.field.place) : ofName;
  }

  private contextOf(name: string): PhoneContext {
    if (name === '') return 'none';
    let context = this.contextsOfNames.get(name);
    if (context === undefined) {
      context = contextOfName(name);
      if (this.contextsOfNames.size >= NAMES_REMEMBERED_MAX) this.contextsOfNames.clear();
      this.contextsOfNames.set(name, context);
    }
    return context;
  }

  // Whether the text is nothing but the chain.
  private isAlone(): boolean {
    const { chain, text } = this;
    const end = chain.ends[chain.count - 1] ?? 0;
    return chain.start < 3 && text.length - end < 3 && text.trim().length === end - chain.start;
  }

  // Whether quotes hold nothing but the chain.
  private isQuoted(): boolean {
    const before = this.text.charAt(this.chain.start - 1);
    const isQuote = before === '"' || before === "'" || before === '`';
    const behind = this.chain.ends[this.chain.count - 1] ?? 0;
    return isQuote && (this.text.charAt(behind) === before || this.text.startsWith(`\\${before}`, behind));
  }

  // Whether the text is a sentence that has no other number: `reach out on 415 284 4210`.
  private isInSentence(): boolean {
    const { chain, text } = this;
    if (text.length > SENTENCE_MAX) return false;
    const end = chain.ends[chain.count - 1] ?? 0;
    return !NO_SENTENCE.test(text.slice(0, chain.start)) && !NO_SENTENCE.test(text.slice(end));
  }

  private readonly mayEnd = (to: number): boolean => {
    const { chain, text } = this;
    const end = chain.ends[to - 1] ?? 0;
    if (to < chain.count) return this.mayEndBefore(to);
    const code = text.charCodeAt(end);
    const next = text.charCodeAt(end + 1);
    if (isWordCharacter(code)) return this.endWithExtension(end) > end;
    if (code === 64) return chain.hasPlus;
    if (code === 45 || code === 46 || code === 58 || code === 47) {
      // A plus is no port's: `sip:+4915112345678:5060`, and a line of a stack at `app.js?to=%2B4915112345678:1:2`.
      if (code === 58 && chain.hasPlus) return true;
      return !isDigit(next) && (code !== 45 || !isWordCharacter(next));
    }
    return true;
  };

  // Between groups of the chain only a blank can be the end of a number, or a slash that is none of its own: `202-555-0143/202-555-0144`.
  private mayEndBefore(to: number): boolean {
    const bits = this.chain.separators[to - 1] ?? 0;
    if ((bits & Separator.blank) !== 0) return true;
    return bits === Separator.slash && to > 2 && (this.chain.separatorsWithin(0, to) & Separator.slash) === 0;
  }

  private endWithExtension(end: number): number {
    if (!mayBeExtension(this.text, end)) return end;
    const extension = EXTENSION.exec(this.text.slice(end, end + EXTENSION_MAX));
    return extension === null ? end : end + extension[0].length;
  }
}

// `x`, `e` of `ext`, `#`, or a letter of another script, behind two blanks at most.
function mayBeExtension(text: string, end: number): boolean {
  let at = end;
  while (at < end + 2 && (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 44 || text.charCodeAt(at) === 59))
    at += 1;
  const code = text.charCodeAt(at) | 32;
  return code === 120 || code === 101 || code === 35 || code > 127;
}

// The only country codes of one digit are 1 and 7: `003 254` is none; and no number has eight pairs: `00 11 22 33 44 55 66 77`.
function isDumpBehindZeros(text: string, chain: PhoneChain): boolean {
  if (chain.length(0) === 3) return !/[17]/.test(text.charAt((chain.starts[0] ?? 0) + 2));
  return (
    chain.count === GROUPS_MAX && arePairs(chain, GROUPS_MAX) && nextRun(text, chain.ends[GROUPS_MAX - 1] ?? 0) >= 0
  );
}
