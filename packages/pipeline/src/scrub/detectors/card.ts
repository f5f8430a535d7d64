// https://www.iso.org/standard/70484.html (ISO/IEC 7812-1: numbers of cards)
import { wordsBefore } from '../context-words.ts';
import type { CreateDetector, Detector, Field } from '../detector.ts';
import { TextFeature } from '../text-features.ts';
import { hasLuhnDigit, isOfScheme } from './card-schemes.ts';
import { WORD } from './word-character.ts';

/** No card begins with a shorter group. */
const GROUP = /\d{4,}/g;
/** What stands between groups: as people write it, and `+` for the blank of a form. */
const SEPARATOR = /^[ \u00a0\u2007\u202f+.\-\u2010-\u2015]$/;
const BLANK = /^[ \u00a0\u2007\u202f+]$/;
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
  ].map((lengths) => lengths.reduce(groupingWith, 0)),
);
/** Two numbers and their separators. */
const ROW_WINDOW = 14;
/** The card that stands beside another. */
const FOURS = /^\d{4}\D\d{4}\D\d{4}\D\d{4}$/;
const FOURS_LENGTH = 19;
const GROUPS_MAX = 5;
const SAYS_CARD =
  /card|\bpan\b|\bcc\b|cc.?num|visa|master|amex|american.?express|discover|diners|maestro|unionpay|credit|debit|payment/;
/** What long numbers are named that are no cards: ids of traces, times and amounts. */
const OTHER =
  '(?:(?:trace|span|parent|request)[._-]?id|timestamp|time|date|nanos|micros|millis|(?:_|\\b)(?:ns|us|ms|ts)|bytes|size|offset|length|duration|epoch|sequence|seqno|snowflake|counter|(?:_|\\b)(?:lsn|seq|ckpt))';
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
  return isFirstGroup && !WORD.test(text.charAt(start - 1)) ? endOfGrouped(text, field, start, groupEnd) : -1;
}

function isBareCard(text: string, field: Field, start: number, end: number): boolean {
  const digits = text.slice(start, end);
  if (!hasLuhnDigit(digits) || isPartOfWordOrFraction(text, start, end)) {
    return false;
  }
  const isWholeMessage = digits.length === text.length && field.name === 'message';
  const isSaid = isWholeMessage || isSaidToBeCard(text, field, start);
  if (isSaid || !isOfScheme(digits, isSaid)) {
    return isSaid && isOfScheme(digits, isSaid);
  }
  // Ids of traces and of messages have 17 to 19 digits, and no card of 13 is given out any more; such a number within a sentence needs a word that says more.
  const isOddWithin = (digits.length > 16 || digits.length === 13) && digits.length !== text.length;
  return (
    !isOddWithin &&
    !isBoundByDash(text, start, end) &&
    !NAME_SAYS_OTHER.test(field.name) &&
    !OTHER_BEFORE.test(wordsBefore(text, start))
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
function endOfGrouped(text: string, field: Field, start: number, firstEnd: number): number {
  const separator = text.charAt(firstEnd);
  if (!isDigit(text, firstEnd + 1) || !SEPARATOR.test(separator)) {
    return -1;
  }
  let grouping = groupingWith(0, firstEnd - start);
  let end = firstEnd;
  let found = -1;
  for (let groups = 2; groups <= GROUPS_MAX && text.charAt(end) === separator; groups += 1) {
    const groupStart = end + 1;
    end = endOfDigits(text, groupStart);
    grouping = groupingWith(grouping, end - groupStart);
    if (GROUPINGS.has(grouping) && isGroupedCard(text, field, start, end, separator)) {
      found = end;
    }
  }
  return found;
}

function isGroupedCard(text: string, field: Field, start: number, end: number, separator: string): boolean {
  const digits = text.slice(start, end).replaceAll(separator, '');
  if (WORD.test(text.charAt(end)) || !hasLuhnDigit(digits) || !isOfScheme(digits, true)) {
    return false;
  }
  // Only blanks separate words, too.
  if (!BLANK.test(separator)) {
    return !goesOn(text, start, end, separator);
  }
  return !isInRow(text, start, end, separator) || isSaidToBeCard(text, field, start);
}

function isSaidToBeCard(text: string, field: Field, start: number): boolean {
  return SAYS_CARD.test(field.name) || SAYS_CARD.test(wordsBefore(text, start));
}

function endOfDigits(text: string, start: number): number {
  let end = start;
  while (isDigit(text, end)) {
    end += 1;
  }
  return end;
}

/** Whether the same separator goes on to more digits, before or behind. */
function goesOn(text: string, start: number, end: number, separator: string): boolean {
  return (
    (text.charAt(start - 1) === separator && isDigit(text, start - 2)) ||
    (text.charAt(end) === separator && isDigit(text, end + 1))
  );
}

/** Two more numbers of a like length beside it, and not another card: a row of a table. One may be a number of an order, or when the card expires. */
function isInRow(text: string, start: number, end: number, separator: string): boolean {
  const before = text
    .slice(Math.max(0, start - ROW_WINDOW), start)
    .split(separator)
    .reverse();
  const behind = text.slice(end, end + ROW_WINDOW).split(separator);
  const isRow = rowLength(before) + rowLength(behind) >= 2;
  return (
    isRow &&
    !isInFours(text.slice(end + 1, end + 1 + FOURS_LENGTH)) &&
    !isInFours(text.slice(Math.max(0, start - 1 - FOURS_LENGTH), start - 1))
  );
}

function isInFours(written: string): boolean {
  const digits = written.replaceAll(/\D/g, '');
  return FOURS.test(written) && hasLuhnDigit(digits) && isOfScheme(digits, true);
}

/** How many numbers follow the first piece, which is what stands between the card and the next separator: nothing. */
function rowLength(pieces: readonly string[]): number {
  const others = pieces.slice(1).findIndex((piece) => !/^\d{3,5}$/.test(piece));
  return pieces[0] === '' ? (others < 0 ? pieces.length - 1 : others) : 0;
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 48 && code <= 57;
}
