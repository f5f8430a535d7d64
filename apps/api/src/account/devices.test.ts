import { describe, expect, it } from 'vitest';
import { Devices } from './devices.ts';

const devices = new Devices();
const firefox = (version: string, os = 'X11; Linux x86_64') =>
  `Mozilla/5.0 (${os}; rv:${version}) Gecko/20100101 Firefox/${version}`;
const same = (a: string | null, b: string | null) => devices.of(a).fingerprint.equals(devices.of(b).fingerprint);

describe('Devices', () => {
  it.each([
    [firefox('150.0'), 'Firefox on Linux'],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/150.0.0.0 Safari/537.36',
      'Chrome on Windows',
    ],
    ['our-script/1.2 (+https://example.com)', 'our-script'],
    ['', 'an unknown device'],
    [null, 'an unknown device'],
  ])('calls %j %s', (userAgent, label) => {
    expect(devices.of(userAgent).label).toBe(label);
  });

  it('are the same over updates, and another by browser or system', () => {
    expect(same(firefox('150.0'), firefox('163.2'))).toBe(true);
    expect(same(firefox('150.0'), firefox('150.0', 'Windows NT 10.0; Win64; x64'))).toBe(false);
    expect(same('our-script/1.2', 'our-script/2.0')).toBe(true);
    expect(same('our-script/1.2', 'their-script/1.2')).toBe(false);
    expect(same(null, '')).toBe(true);
    expect(same(null, firefox('150.0'))).toBe(false);
  });
});
