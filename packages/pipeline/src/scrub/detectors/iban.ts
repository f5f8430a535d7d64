// https://www.swift.com/standards/data-standards/iban-international-bank-account-number (the registry of structures), ISO 13616
import { getCountrySpecifications, isValidBBAN } from 'ibantools';
import type { CreateDetector, Detector } from '../detector.ts';
import { TextFeature } from '../text-features.ts';

/** Two letters of one case and two digits, behind nothing that they could be the end of. */
const HEAD = /(?<![\p{L}\p{N}])(?:[A-Z]{2}|[a-z]{2})\d\d/gu;
const ALPHANUMERIC = /^[A-Za-z0-9]$/;
const SEPARATOR = /^[ +\u00a0-]$/;
const WORD = /[\p{L}\p{N}]/u;

/** How many characters a country's have. */
const LENGTHS: ReadonlyMap<string, number> = new Map(
  Object.entries(getCountrySpecifications()).flatMap(([country, { chars }]) =>
    chars === null ? [] : [[country, chars] as const],
  ),
);

const DETECTOR: Detector = {
  name: 'iban',
  needs: TextFeature.ibanHead | TextFeature.digits,
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
  const length = LENGTHS.get(text.slice(start, start + 2).toUpperCase());
  if (length === undefined) {
    return -1;
  }
  let characters = '';
  let separator = '';
  let at = start;
  while (characters.length < length) {
    const character = text.charAt(at);
    if (ALPHANUMERIC.test(character)) {
      characters += character;
      at += 1;
      continue;
    }
    // One separator between two characters, and everywhere the same.
    const isFirst = separator === '' && SEPARATOR.test(character);
    if ((!isFirst && character !== separator) || !ALPHANUMERIC.test(text.charAt(at + 1))) {
      return -1;
    }
    separator = character;
    at += 1;
  }
  return WORD.test(text.charAt(at)) || !isIban(characters) ? -1 : at;
}

function isIban(characters: string): boolean {
  const iban = characters.toUpperCase();
  const isOfOneCase = characters === iban || characters === characters.toLowerCase();
  return isOfOneCase && hasCheckDigits(iban) && hasStructure(iban);
}

/** As the country has it, or a bank's four letters and mostly digits: not all rules that are written down are kept by the banks, and tokens have more letters. */
function hasStructure(iban: string): boolean {
  const bban = iban.slice(4);
  return (
    isValidBBAN(bban, iban.slice(0, 2)) ||
    (/^[A-Z]{4}/.test(bban) && bban.replaceAll(/\D/g, '').length * 2 > bban.length)
  );
}

/** ISO 7064, MOD 97-10: letters count as 10 to 35, the first four characters come last, and 1 is what is left. */
function hasCheckDigits(iban: string): boolean {
  let rest = 0;
  for (const character of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}
