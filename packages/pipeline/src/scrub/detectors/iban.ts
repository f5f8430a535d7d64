// https://www.swift.com/standards/data-standards/iban-international-bank-account-number (the registry of structures), ISO 13616
import { getCountrySpecifications } from 'ibantools';
import type { CreateDetector, Detector } from '../detector.ts';
import { TextFeature } from '../text-features.ts';
import { WORD } from './word-character.ts';

/** Two letters of one case and two digits. */
const HEAD = /(?:[A-Z]{2}|[a-z]{2})\d\d/g;
/** A blank, `+`, `-`, a blank that does not break. */
const SEPARATORS: ReadonlySet<number> = new Set([32, 43, 45, 160]);

/** How many characters a country's have, by its code in either case. */
const LENGTHS: ReadonlyMap<string, number> = new Map(
  Object.entries(getCountrySpecifications()).flatMap(([country, { chars }]) =>
    chars === null ? [] : [[country, chars] as const, [country.toLowerCase(), chars] as const],
  ),
);

/** What follows the check digits, by country: classes of characters with fixed counts. */
const STRUCTURES: ReadonlyMap<string, RegExp> = new Map(
  Object.entries(getCountrySpecifications()).flatMap(([country, { bban_regexp: pattern }]) =>
    typeof pattern === 'string' ? [[country, new RegExp(pattern)] as const] : [],
  ),
);

const DETECTOR: Detector = {
  name: 'iban',
  needs: TextFeature.iban,
  find(text, _field, report) {
    let free = 0;
    for (const { index: start } of text.matchAll(HEAD)) {
      const end = start < free ? -1 : endOfIban(text, start);
      if (end >= 0) {
        report(start, end);
        free = end;
      }
    }
  },
};

/** Finds bank accounts. */
export const createIbanDetector: CreateDetector = () => DETECTOR;

/** Where the number that begins here ends, or -1. */
function endOfIban(text: string, start: number): number {
  const length = LENGTHS.get(text.slice(start, start + 2));
  if (length === undefined || isPartOfWord(text.charAt(start - 1))) {
    return -1;
  }
  let characters = 0;
  let separator = -1;
  let at = start;
  while (characters < length) {
    const code = text.charCodeAt(at);
    if (isAlphanumeric(code)) {
      characters += 1;
    } else {
      // One separator between two characters, and everywhere the same.
      const isFirst = separator < 0 && SEPARATORS.has(code);
      if ((!isFirst && code !== separator) || !isAlphanumeric(text.charCodeAt(at + 1))) {
        return -1;
      }
      separator = code;
    }
    at += 1;
  }
  if (isAlphanumeric(text.charCodeAt(at)) || !hasCheckDigits(text, start, at)) {
    return -1;
  }
  return isPartOfWord(text.charAt(at)) || !isIban(text.slice(start, at)) ? -1 : at;
}

/** An underscore separates: `iban_DE89…_x`. */
function isPartOfWord(character: string): boolean {
  return character !== '_' && WORD.test(character);
}

function isAlphanumeric(code: number): boolean {
  const lower = code | 32;
  return (code >= 48 && code <= 57) || (lower >= 97 && lower <= 122 && code < 128);
}

function isIban(written: string): boolean {
  const characters = written.replaceAll(/[^A-Za-z0-9]/g, '');
  const iban = characters.toUpperCase();
  return (characters === iban || characters === characters.toLowerCase()) && hasStructure(iban);
}

/** As the country has it, or a bank's four letters and mostly digits: not all rules that are written down are kept by the banks, and tokens have more letters. Check digits within a country's part are not asked for: the two in front speak for the whole. */
function hasStructure(iban: string): boolean {
  const bban = iban.slice(4);
  return (
    STRUCTURES.get(iban.slice(0, 2))?.test(bban) === true ||
    (/^[A-Z]{4}/.test(bban) && bban.replaceAll(/\D/g, '').length * 2 > bban.length)
  );
}

/** ISO 7064, MOD 97-10: letters count as 10 to 35, the first four characters come last, and 1 is what is left. */
function hasCheckDigits(text: string, start: number, end: number): boolean {
  return remainder(text, start, start + 4, remainder(text, start + 4, end, 0)) === 1;
}

function remainder(text: string, start: number, end: number, before: number): number {
  let rest = before;
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) {
      rest = (rest * 10 + code - 48) % 97;
    } else if (isAlphanumeric(code)) {
      rest = (rest * 100 + (code | 32) - 87) % 97;
    }
  }
  return rest;
}
