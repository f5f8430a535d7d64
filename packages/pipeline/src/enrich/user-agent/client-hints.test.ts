import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HINT_HEADERS, readClientHints } from './client-hints.ts';

const CHROME = '"Chromium";v="124", "Google Chrome";v="124", "Not-A.Brand";v="99"';

describe('client hints', () => {
  it('name the browser by the brand that is neither made up nor an engine', () => {
    expect(readClientHints({ 'sec-ch-ua': CHROME })).toMatchObject({ browser: 'Chrome', browserVersion: '124' });
    expect(readClientHints({ 'sec-ch-ua': '" Not A;Brand";v="99", "Microsoft Edge";v="96"' })).toMatchObject({
      browser: 'Edge',
    });
    expect(readClientHints({ 'sec-ch-ua': '"(Not(A:Brand";v="8", "Chromium";v="99"' })).toMatchObject({
      browser: 'Chromium',
      isEngineOnly: true,
    });
    expect(readClientHints({ 'sec-ch-ua': '"Say \\"hi\\" Browser";v="1"' })).toMatchObject({
      browser: 'Say "hi" Browser',
    });
  });

  it('prefer the full versions', () => {
    const full = '"Chromium";v="124.0.6367.78", "Google Chrome";v="124.0.6367.79"';
    expect(readClientHints({ 'sec-ch-ua': CHROME, 'sec-ch-ua-full-version-list': full })?.browserVersion).toBe(
      '124.0.6367.79',
    );
  });

  it.each([
    ['"0.1.0"', '7'],
    ['"0.3.0"', '8.1'],
    ['"10.0.0"', '10'],
    ['"13.0.0"', '11'],
    ['"15.0.0"', '11'],
  ])('know Windows %s as %s', (sent, osVersion) => {
    expect(readClientHints({ 'sec-ch-ua-platform': '"Windows"', 'sec-ch-ua-platform-version': sent })).toMatchObject({
      os: 'Windows',
      osVersion,
    });
  });

  it('know phones, their model, and form factors', () => {
    expect(
      readClientHints({ 'sec-ch-ua-mobile': '?1', 'sec-ch-ua-platform': '"Android"', 'sec-ch-ua-model': '"Pixel 8"' }),
    ).toMatchObject({ os: 'Android', deviceType: 'mobile', deviceModel: 'Pixel 8' });
    expect(readClientHints({ 'sec-ch-ua-mobile': '?0', 'sec-ch-ua-platform': '"macOS"' })).toMatchObject({
      os: 'Mac OS X',
      deviceType: 'desktop',
    });
    expect(readClientHints({ 'sec-ch-ua-form-factors': '"Mobile", "Watch"' })).toMatchObject({
      deviceType: 'wearable',
    });
    // A tablet is not mobile to the header, and says so in no other.
    expect(
      readClientHints({ 'sec-ch-ua-mobile': '?0', 'sec-ch-ua-platform': '"Android"' })?.deviceType,
    ).toBeUndefined();
  });

  it('say nothing where nothing was sent, and stand anything', () => {
    expect(readClientHints({})).toBeUndefined();
    expect(readClientHints({ 'sec-ch-ua-platform': '"Unknown"', 'sec-ch-ua': '""' })).toBeUndefined();
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...HINT_HEADERS), fc.string()), (hints) => {
        readClientHints(hints);
      }),
    );
  });
});
