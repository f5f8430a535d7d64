import { describe, expect, it } from 'vitest';
import { marked } from '../../testing/marked.ts';
import { only, scrubWith } from '../../testing/scrub-with.ts';

const scrub = scrubWith(only('iban'));

const FOUND = [
  '«DE89370400440532013000»',
  'to «DE89 3704 0044 0532 0130 00», thanks',
  'to «DE89-3704-0044-0532-0130-00».',
  '«de89370400440532013000»',
  '/pay?to=«DE89+3704+0044+0532+0130+00»&x=1',
  '/pay?to=«DE89%203704%200044%200532%200130%2000»',
  '{"iban":"«GB29NWBK60161331926819»"}',
  'line\\n«NL91ABNA0417164300»\\nnext',
  '«NO9386011117947», «MT84MALT011000012345MTLCAST001S»',
  'iban_«DE89370400440532013000»_x',
  '客户«DE89370400440532013000»请',
  'check digits of the country are not asked for: «BE79539007547030»',
  'IBAN:«FR1420041010050500013M02606» X',
];

const NOT_FOUND = [
  'DE89370400440532013001',
  'DE8937040044053201300',
  'DE893704004405320130000',
  'xDE89370400440532013000',
  'De89370400440532013000',
  'DE89/3704/0044/0532/0130/00',
  'AB12CD34EF56',
  '4bf92f3577b34da6a3ce929d0e0e4736',
  'US00 1234 5678',
];

describe('iban', () => {
  it.each(FOUND)('%s', (sample) => {
    const { text, scrubbed } = marked(sample, '[REDACTED:iban]');
    expect(scrub(text).text).toBe(scrubbed);
    expect(scrub(scrubbed)).toEqual({ text: scrubbed, found: [] });
  });

  it.each(NOT_FOUND)('%s has none', (text) => {
    expect(scrub(text)).toEqual({ text, found: [] });
  });
});
