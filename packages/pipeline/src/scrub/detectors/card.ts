// https://www.iso.org/standard/70484.html (ISO/IEC 7812-1: numbers of cards)
import { wordsBefore } from '../context-words.ts';
import type { CreateDetector, Detector, Field } from '../detector.ts';
import { TextFeature } from '../text-features.ts';
import { hasLuhnDigit, isOfScheme } from './card-schemes.ts';

/** No card begins with a shorter group. */
const GROUP = /\d{4,}/g;
/** What stands between groups: as people write it, and `+` for the blank of a form. */
const SEPARATOR = /^[ \u00a0\u2007\u202f+.\-\u2010-\u2015]$/;
const BLANK = /^[ \u00a0\u2007\u202f+]$/;
const WORD = /[\p{L}\p{N}_]/u;
const DIGITS_MIN = 13;
const DIGITS_MAX = 19;
/** Longer groups than any of a card count as this. */
const GROUP_MAX = 31;

/** Lengths of groups in order, in one number: five bits each. */
function groupingWith(before: number, length: number): number {
  return (before << 5) | Math.min(length, GROUP_MAX);
}

/** How cards are grouped: in fours with what is left at the end, and the forms of American Express, Diners Club and Maestro. */
const GROUPINGS: ReadonlySet<number> = new Set(
  [
    [4, 4, 4, 4],
    [4, 4, 4, 4, 1],
    [4, 4, 4, 4, 2],
    [4, 4, 4, 4, 3],
    [4, 4, 4, 1],
    [4, 4, 4, 2],
    [4, 4, 4, 3],
    [4, 4, 5],
    [4, 6, 5],
    [4, 6, 4],
    [6, 13],
    [8, 8],
  ].map((lengths) => lengths.reduce(groupingWith, 0)),
);
/** What comes before in a row. */
const TWO_OF_A_ROW = /(?:^|[^\w.-])\d{4}[ \u00a0\u2007\u202f+]\d{4}[ \u00a0\u2007\u202f+]$/;
const GROUPS_MAX = 5;
const SAYS_CARD =
  /card|\bpan\b|\bcc\b|cc.?num|visa|master|amex|american.?express|discover|diners|maestro|unionpay|credit|debit|payment/;
/** What long numbers are named that are no cards: ids of traces, times and amounts. */
const OTHER =
  '(?:(?:trace|span|parent|request)[._-]?id|timestamp|time|date|nanos|micros|millis|(?:_|\\b)(?:ns|us|ms|ts)|bytes|size|offset|length|duration|epoch|sequence|seqno|snowflake|counter)';
const NAME_SAYS_OTHER = new RegExp(`${OTHER}$`);
const OTHER_BEFORE = new RegExp(`${OTHER}["']?\\s?[:=]?\\s?["'(]?$`);

const DETECTOR: Detector = {
  name: 'card',
  needs: TextFeature.thirteenDigits,
  find(text, field, report) {
    let free = 0;
    for (const { 0: group, index: start } of text.matchAll(GROUP)) {
      const end = start < free ? -1 : endOfCard(text, field, start, start + group.length);
      if (end >= 0) {
        report(start, end);
        free = end;
      }
    }
  },
};

/** Finds numbers of payment cards. */
export const createCardDetector: CreateDetector = () => DETECTOR;

/** Where the card's number that begins with these digits ends, or -1. */
function endOfCard(text: string, field: Field, start: number, groupEnd: number): number {
  const length = groupEnd - start;
  if (length >= DIGITS_MIN) {
    return length <= DIGITS_MAX && isBareCard(text, field, start, groupEnd) ? groupEnd : -1;
  }
  const isFirstGroup = length === 4 || length === 6 || length === 8;
  return isFirstGroup && !WORD.test(text.charAt(start - 1)) ? endOfGrouped(text, start, groupEnd) : -1;
}

function isBareCard(text: string, field: Field, start: number, end: number): boolean {
  const digits = text.slice(start, end);
  if (!hasLuhnDigit(digits) || isPartOfWordOrFraction(text, start, end)) {
    return false;
  }
  const before = wordsBefore(text, start);
  const isSaid = SAYS_CARD.test(field.name) || SAYS_CARD.test(before);
  if (isSaid || !isOfScheme(digits, isSaid)) {
    return isSaid && isOfScheme(digits, isSaid);
  }
  // Ids of traces and of messages have 17 to 19 digits; such a number within a sentence needs a word that says more.
  const isLongWithin = digits.length > 16 && digits.length !== text.length;
  return (
    !isLongWithin && !isBoundByDash(text, start, end) && !NAME_SAYS_OTHER.test(field.name) && !OTHER_BEFORE.test(before)
  );
}

function isPartOfWordOrFraction(text: string, start: number, end: number): boolean {
  const before = text.charAt(start - 1);
  return (
    WORD.test(before) ||
    WORD.test(text.charAt(end)) ||
    (before === '.' && isDigit(text, start - 2)) ||
    (before === ',' && text.charAt(start - 2) === '0' && !isDigit(text, start - 3)) ||
    (text.charAt(end) === '.' && isDigit(text, end + 1))
  );
}

/** `build-4…`, `4….log`: a part of a name. */
function isBoundByDash(text: string, start: number, end: number): boolean {
  const isBound = (at: number, beyond: number): boolean =>
    (text.charAt(at) === '-' || text.charAt(at) === '.') && WORD.test(text.charAt(beyond));
  return isBound(start - 1, start - 2) || isBound(end, end + 1);
}

/** Where the groups that begin here end, or -1; the longest that make a card win. */
function endOfGrouped(text: string, start: number, firstEnd: number): number {
  const separator = text.charAt(firstEnd);
  if (!isDigit(text, firstEnd + 1) || !SEPARATOR.test(separator) || isPartOfTable(text, start, separator)) {
    return -1;
  }
  let grouping = groupingWith(0, firstEnd - start);
  let end = firstEnd;
  let found = -1;
  for (let groups = 2; groups <= GROUPS_MAX && text.charAt(end) === separator; groups += 1) {
    const groupStart = end + 1;
    end = endOfDigits(text, groupStart);
    grouping = groupingWith(grouping, end - groupStart);
    if (GROUPINGS.has(grouping) && isEnd(text, end, separator) && isCard(text.slice(start, end), separator)) {
      found = end;
    }
  }
  return found;
}

function isCard(written: string, separator: string): boolean {
  const digits = written.replaceAll(separator, '');
  return hasLuhnDigit(digits) && isOfScheme(digits, true);
}

function endOfDigits(text: string, start: number): number {
  let end = start;
  while (isDigit(text, end)) {
    end += 1;
  }
  return end;
}

/** Whether a longer sequence came before: one with dashes or dots, or a row of numbers of four digits. */
function isPartOfTable(text: string, start: number, separator: string): boolean {
  if (text.charAt(start - 1) !== separator || !isDigit(text, start - 2)) {
    return false;
  }
  return !BLANK.test(separator) || TWO_OF_A_ROW.test(text.slice(Math.max(0, start - 11), start));
}

/** Whether the sequence may end here. Behind a blank another number may follow (`1225`, when the card expires), but not a whole row of them. */
function isEnd(text: string, end: number, separator: string): boolean {
  if (WORD.test(text.charAt(end))) {
    return false;
  }
  if (text.charAt(end) !== separator || !isDigit(text, end + 1)) {
    return true;
  }
  const next = endOfDigits(text, end + 1);
  return (
    BLANK.test(separator) &&
    !(
      next - end === 5 &&
      text.charAt(next) === separator &&
      isDigit(text, next + 1) &&
      endOfDigits(text, next + 1) - next === 5
    )
  );
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 48 && code <= 57;
}
