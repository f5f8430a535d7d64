import type { Random } from '@aegisguard/testkit';
import { digits } from './value-generators.ts';

/** Formats with a country code, found without any word for them. `#` is a digit, `N` one from 2 to 9. */
const INTERNATIONAL = [
  '+1 N## N##-####',
  '+1-N##-N##-####',
  '+1 (N##) N##-####',
  '+1N##N######',
  '+44 20 7946 0###',
  '+44 7700 900###',
  '+447700900###',
  '+49 171 #######',
  '+49 (0)171 #######',
  '+49-30-######',
  '+4915112######',
  '+33 6 12 ## ## ##',
  '+33612######',
  '+91 98765 #####',
  '+9198765#####',
  '+34 612 ### ###',
  '+55 11 91###-####',
  '+81 90-1234-####',
  '+86 138 1234 ####',
  '+61 412 ### ###',
  '0049 171 #######',
  '011 44 20 7946 0###',
] as const;

/** Formats of the default policy's regions, found without any word for them. */
const NATIONAL = [
  '(N##) N##-####',
  'N##-N##-####',
  'N##.N##.####',
  '1-N##-N##-####',
  '(N##) N##-#### x1##',
  '020 7946 0###',
  '07700 900###',
  '0171 N######',
  '0171/N######',
  '(030) N#####',
  '06 12 ## ## ##',
  '06.12.##.##.##',
  '98765 #####',
  '080-2345####',
] as const;

/** Digits that are numbers only because a word or the field says so. */
const BARE = [
  'N##N######',
  '1N##N######',
  '07700900###',
  '0612######',
  '98765#####',
  'N##-####',
  'N## N## ####',
] as const;

function filled(random: Random, format: string): string {
  return format.replace(/[N#]/g, (place) => String(place === 'N' ? 2 + random.below(8) : random.below(10)));
}

export function international(random: Random): string {
  return filled(random, random.pick(INTERNATIONAL));
}

export function national(random: Random): string {
  return filled(random, random.pick(NATIONAL));
}

export function bare(random: Random): string {
  return random.below(10) === 0 ? `0${digits(random, 9)}` : filled(random, random.pick(BARE));
}
