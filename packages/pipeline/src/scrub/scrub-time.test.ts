import { DEFAULT_PRIVACY_POLICY } from '@aegisguard/model';
import { describe, expect, it } from 'vitest';
import { cpuMs } from './cpu-ms.ts';
import { createScrubber } from './scrubber.ts';

const SHORT = 4 * 1024;
const FACTOR = 8;
/** Eight times the text in linear time is eight times as long, in quadratic time 64 times; caches of the processor make it some more. */
const RATIO_MAX = 30;
/** Below this a measurement is of the machine, not of us. */
const NOISE_MS = 4;
const FIELD = { name: 'message', place: 'message' };

/** What the scanners look at, over and over: each makes some of them look far, or often. */
const UNITS = [
  'a',
  '1',
  '@',
  ':',
  '.',
  '-',
  '%',
  '\\',
  '"',
  '[',
  'é',
  '\ud800',
  'a.',
  'a@',
  '@a',
  'a@b.',
  '"@',
  '@[',
  '@[1',
  '"a"@',
  'x=y@',
  '%40',
  '%25',
  '\\n',
  '\\u0040',
  '1.',
  '1.2.3.4.',
  '1 ',
  '1-',
  '4111-',
  '4111 ',
  '::',
  'a:',
  '1:2::',
  'DE89 ',
  'DE8',
  'DE89-',
  '[HASH:',
  '[REDACTED:',
  '123-45-',
  'http://a@',
  'a@b.example ',
  '203.0.113.7 ',
  '2001:db8::1 ',
  '4111111111111111 ',
  'DE89370400440532013000 ',
  '123-45-6789,',
];

const scrubber = createScrubber(DEFAULT_PRIVACY_POLICY, new Uint8Array(32));

/** Of three times, since garbage that others have left may be collected in one of them. */
function leastMs(text: string): number {
  const once = () => {
    const before = cpuMs();
    scrubber.scrubText(text, FIELD, () => undefined);
    return cpuMs() - before;
  };
  return Math.min(once(), once(), once());
}

/** A linear congruential generator: the same units in the same order in every run. */
function mixed(seed: number, length: number): string {
  let state = seed;
  let text = '';
  while (text.length < length) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    text += UNITS[state % UNITS.length];
  }
  return text.slice(0, length);
}

describe('the time that scrubbing takes', () => {
  const repeated = UNITS.map((unit): [string, (length: number) => string] => [
    JSON.stringify(unit),
    (length) => unit.repeat(Math.ceil(length / unit.length)).slice(0, length),
  ]);
  const seeds = [1, 2, 3].map((seed): [string, (length: number) => string] => [
    `seed ${seed}`,
    (length) => mixed(seed, length),
  ]);

  it.each([...repeated, ...seeds])('is linear over %s', (_name, textOf) => {
    const short = leastMs(textOf(SHORT));
    const long = leastMs(textOf(SHORT * FACTOR));
    expect(long).toBeLessThan(Math.max(short, NOISE_MS) * RATIO_MAX);
  });
});
