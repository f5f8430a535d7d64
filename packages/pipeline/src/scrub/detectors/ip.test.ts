import { describe, expect, it } from 'vitest';
import { marked } from '../../testing/marked.ts';
import { scrubWith } from '../../testing/scrub-with.ts';

const scrub = scrubWith({ detectors: { ip: 'redact' } });

const FOUND = [
  '«203.0.113.7»',
  'from «203.0.113.7»:51234 to port 80',
  'http://«203.0.113.7»/x',
  '«203.0.113.7»/32 - - [x]',
  'ip=«203.0.113.7», next',
  '/«203.0.113.7»:8080 closed',
  'db.example.org/«203.0.113.7»:5432',
  '/lookup/«203.0.113.7»',
  '«203.0.113.7»-«203.0.113.9»',
  'user@«203.0.113.7»',
  'Is it «203.0.113.7»?',
  'ends with «203.0.113.7».',
  '«2001:db8::1»',
  '[«2001:db8::1»]:443',
  'http://[«2001:db8:1:2:3:4:5:6»]/',
  'client:«2001:db8::1», x',
  'source:«2001:db8::1»',
  '«2001:db8::1»: refused',
  '«2001:db8::1».',
  '«::ffff:203.0.113.7»',
  '«64:ff9b::203.0.113.7»',
  '?a=«2001%3Adb8%3A%3A1»&b',
  '«2001:DB8:0:0:8:800:200C:417A»',
];

const NOT_FOUND = [
  '10.1.2.3, 172.16.0.1, 192.168.1.1, 127.0.0.1, 169.254.1.1, 100.64.1.1, 0.0.0.0',
  '::1, ::, fe80::1%eth0, fd00::1, ::ffff:10.0.0.1',
  'v203.0.113.7',
  'version 10.0.1.2',
  'Mozilla/5.0 (Windows; U; rv:1.9.0.3) Gecko/20',
  '=INFO REPORT==== 24-Jan-2024::05:28:56 ===',
  'Chrome/96.0.46.110 Safari/5.1.2.3',
  'Chrome/120.0.0.0',
  '"Chromium";v="12.0.1.2"',
  '1.2.3.4.5',
  '1.3.6.1.4.1.311',
  '203.0.113.256',
  '203.0.113',
  '203.0.113.07',
  'nginx-1.2.3.4',
  '1.2.3.4-SNAPSHOT',
  '1.2.3.4-1',
  '1.2.3.4+build',
  '>=1.2.3.4',
  'requests==1.2.3.4',
  '/download/1.2.3.4/',
  'app 1.2.3.4.jar',
  'x203.0.113.7',
  '2024.01.02.03',
  '12:34:56',
  '00:1a:2b:3c:4d:5e',
  '00:11:22:33:44:55:66:77',
  'std::vector<int>',
  'Face::Cafe',
  'a::b',
  '12:34:56:78:90',
  'deadbeef:cafe',
  'de:ad:be:ef:00:01:02:03:04:05',
  'urn:a:b:c:d:e:f',
];

describe('ip', () => {
  it.each(FOUND)('%s', (sample) => {
    const { text, scrubbed } = marked(sample, '[REDACTED:ip]');
    expect(scrub(text).text).toBe(scrubbed);
    expect(scrub(scrubbed)).toEqual({ text: scrubbed, found: [] });
  });

  it.each(NOT_FOUND)('%s has none', (text) => {
    expect(scrub(text)).toEqual({ text, found: [] });
  });

  it('keeps fields of versions and the label of machines', () => {
    expect(scrub('1.2.3.4', 'attributes.browser.version').text).toBe('1.2.3.4');
    expect(scrub('v1.2.3.4 of 203.0.113.7', 'version').text).toBe('v1.2.3.4 of [REDACTED:ip]');
    expect(scrub('203.0.113.7:9100', 'labels.instance').text).toBe('203.0.113.7:9100');
  });

  it('scrubs private ones when it should', () => {
    const all = scrubWith({ scrubPrivateAddresses: true });
    expect(all('10.1.2.3 and fe80::1%eth0 and 127.0.0.1').text).toBe('10.1.2.0 and fe80:: and 127.0.0.0');
  });
});
