// https://www.ssa.gov/employer/randomization.htm, https://www.ssa.gov/history/ssn/misused.html
import { wordsBefore } from '../context-words.ts';
import type { CreateDetector, Detector, Field } from '../detector.ts';
import { TextFeature } from '../text-features.ts';
import { WORD } from './word-character.ts';

/** Three, two and four digits with the same thing or nothing between. */
const CANDIDATE = /(?<!\d)(\d{3})([-. \u00a0\u2010-\u2015\u2212]?)(\d{2})\2(\d{4})(?!\d)/g;
const DASH = /^[-\u2010-\u2015\u2212]$/;
/** What comes before, where the digits are part of something longer: a number with dashes or dots, one with a country's code. */
const LONGER_BEFORE = /(?:[+.]|[\p{L}\p{N}_][-\u2010-\u2013\u2212]|\+\d{1,3}[ -])$/u;
const LONGER_AFTER = /^(?:[-\u2010-\u2013\u2212][\p{L}\p{N}_]|\.\d)/u;
/** Numbers in a row, with blanks between. */
const ROW_BEFORE = /\d[ \u00a0]$/;
const ROW_AFTER = /^[ \u00a0]\d/;
const SAYS_SSN = /ssn\b|\bss[#n]|\bss no|social.?sec|soc.?sec|tax.?payer|\btin\b/;
const NAME_SAYS_SSN = /ssn|social.?sec|tax.?payer|(?:^|[._-])tin$/;
const NAME_SAYS_VERSION = /version|release|build|revision/;
const SENTENCE_MAX = 100;
/** Other digits, and what gives values to names. */
const SOMETHING_ELSE = /[\d=:{}[\]"|/]/;
/** Numbers that were printed in advertisements, and belong to no one. */
const MISUSED: ReadonlySet<string> = new Set(['078051120', '219099999', '457555462']);

const DETECTOR: Detector = {
  name: 'ssn',
  needs: TextFeature.nineDigits,
  find(text, field, report) {
    for (const match of text.matchAll(CANDIDATE)) {
      const [whole, area = '', separator = '', group = '', serial = ''] = match;
      const start = match.index;
      const end = start + whole.length;
      if (!isGiven(area, group, serial) || isPartOfLonger(text, start, end)) {
        continue;
      }
      if (DASH.test(separator) || isSaid(text, field, start, end)) {
        report(start, end);
      }
    }
  },
};

/** Finds US social security numbers: with dashes anywhere, in other forms where the field or the words before say what they are. */
export const createSsnDetector: CreateDetector = () => DETECTOR;

/** What the Social Security Administration gives out: areas 001–665 and 667–899, no group 00, no serial 0000. */
function isGiven(area: string, group: string, serial: string): boolean {
  return (
    area !== '000' &&
    area !== '666' &&
    area < '900' &&
    group !== '00' &&
    serial !== '0000' &&
    !MISUSED.has(area + group + serial)
  );
}

function isPartOfLonger(text: string, start: number, end: number): boolean {
  return (
    WORD.test(text.charAt(start - 1)) ||
    WORD.test(text.charAt(end)) ||
    LONGER_BEFORE.test(text.slice(Math.max(0, start - 5), start)) ||
    LONGER_AFTER.test(text.slice(end, end + 2))
  );
}

function isSaid(text: string, field: Field, start: number, end: number): boolean {
  if (NAME_SAYS_SSN.test(field.name) || SAYS_SSN.test(wordsBefore(text, start))) {
    return !ROW_BEFORE.test(text.slice(Math.max(0, start - 2), start)) && !ROW_AFTER.test(text.slice(end, end + 2));
  }
  // With blanks or dots, and no other digit there, it is written as people write it; nine digits alone may be anything.
  const isAll = start === 0 && end === text.length;
  return end - start === 11 && (isAll ? !NAME_SAYS_VERSION.test(field.name) : isInSentence(text, start, end));
}

/** Numbers with blanks between are rows of a log, which has others. */
function isInSentence(text: string, start: number, end: number): boolean {
  return (
    text.charAt(start + 3) !== '.' &&
    text.length <= SENTENCE_MAX &&
    !SOMETHING_ELSE.test(text.slice(0, start)) &&
    !SOMETHING_ELSE.test(text.slice(end))
  );
}
