import { readFileSync } from 'node:fs';
import { suitePath } from '@aegisguard/testkit';
import fc from 'fast-check';
import { FAILSAFE_SCHEMA, load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { createUserAgentLookup } from './user-agents.ts';

const agents = createUserAgentLookup();
const ANDROID = 'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0';
const WINDOWS =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36';

describe('a user agent', () => {
  it('says browser, system and device', () => {
    expect(agents.find(`${ANDROID} Mobile Safari/537.36`)).toEqual({
      browser: 'Chrome Mobile',
      browserVersion: '124.0.0',
      os: 'Android',
      osVersion: '14',
      deviceType: 'mobile',
      deviceBrand: 'Google',
      deviceModel: 'Pixel 8',
    });
    expect(agents.find(WINDOWS)).toEqual({
      browser: 'Chrome',
      browserVersion: '124.0.0',
      os: 'Windows',
      osVersion: '10',
      deviceType: 'desktop',
    });
  });

  it.each([
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148', 'mobile'],
    ['Mozilla/5.0 (iPad; CPU OS 16_1 like Mac OS X) AppleWebKit/605.1.15 Version/16.1 Safari/604.1', 'tablet'],
    ['Mozilla/5.0 (Linux; Android 13; TX-90) AppleWebKit/537.36 Chrome/120.0.0.0 Safari/537.36', 'tablet'],
    ['Mozilla/5.0 (Android 13; Tablet; rv:120.0) Gecko/120.0 Firefox/120.0', 'tablet'],
    ['Dalvik/2.1.0 (Linux; U; Android 12; Phone-One Build/SQ3A)', 'mobile'],
    ['Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 Chrome/120.0.0.0 Safari/537.36', 'desktop'],
    ['Mozilla/5.0 (compatible; MSIE 9.0; Windows NT 6.1; Tablet PC 2.0)', 'desktop'],
    ['Mozilla/5.0 (SMART-TV; Linux; Tizen 6.0) AppleWebKit/538.1 Version/6.0 TV Safari/538.1', 'tv'],
    ['Mozilla/5.0 (Linux; Android 9; AFTS) AppleWebKit/537.36 Chrome/70.0 Mobile Safari/537.36', 'tv'],
    ['AppleTV11,1/16.0', 'tv'],
    ['Mozilla/5.0 (PlayStation 5 3.00) AppleWebKit/605.1.15 Version/13.0 Safari/605.1.15', 'console'],
    ['Mozilla/5.0 (Nintendo Switch; WifiWebAuthApplet) AppleWebKit/609.4 NF/6.0', 'console'],
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64; Xbox; Xbox One) AppleWebKit/537.36 Edge/18.1', 'console'],
    ['Mozilla/5.0 (X11; Linux x86_64; Quest 3) AppleWebKit/537.36 OculusBrowser/36.0 Chrome/130.0 VR', 'wearable'],
    ['Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', 'bot'],
    ['ELB-HealthChecker/2.0', 'bot'],
    ['kube-probe/1.30', 'bot'],
    ['curl/8.5.0', 'other'],
    ['okhttp/4.12.0', 'other'],
    ['python-requests/2.31.0', 'other'],
  ])('%s is of type %s', (text, deviceType) => {
    expect(agents.find(text)).toMatchObject({ deviceType });
  });

  it('names bots', () => {
    expect(agents.find(`${WINDOWS} (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)`)).toMatchObject({
      bot: 'bingbot',
    });
    expect(agents.find('Mozilla/5.0 (compatible; FrobCrawler/1.0; +https://frob.example)')).toMatchObject({
      deviceType: 'bot',
      bot: 'FrobCrawler',
    });
  });

  it('names what uap-core does not know by its own product', () => {
    expect(agents.find('Prometheus/2.53.1')).toMatchObject({ browser: 'Prometheus', browserVersion: '2.53.1' });
    expect(agents.find(`${WINDOWS} Frobnicator/7.1`)).toMatchObject({ browser: 'Frobnicator', browserVersion: '7.1' });
    // Two that may be the name are none.
    expect(agents.find(`${WINDOWS} Frobnicator/7.1 Nix/2`)).toMatchObject({ browser: 'Chrome' });
  });

  it('says nothing where nothing is known', () => {
    for (const text of ['', '-', '   ', 'hello world', '\u0000', '\ud800']) {
      expect(agents.find(text)).toBeUndefined();
    }
  });

  it('believes client hints more than the text', () => {
    const hints = {
      'sec-ch-ua': '"Chromium";v="124", "Brave";v="124", "Not-A.Brand";v="99"',
      'sec-ch-ua-platform': '"Windows"',
      'sec-ch-ua-platform-version': '"15.0.0"',
      'sec-ch-ua-mobile': '?0',
    };
    expect(agents.find(WINDOWS, hints)).toEqual({
      browser: 'Brave',
      browserVersion: '124',
      os: 'Windows',
      osVersion: '11',
      deviceType: 'desktop',
    });
    expect(agents.find('', hints)).toMatchObject({ browser: 'Brave', os: 'Windows' });
    expect(agents.find(WINDOWS, {})).toMatchObject({ browser: 'Chrome', osVersion: '10' });
  });

  it('shares its answers, which nobody can change', () => {
    expect(agents.find(WINDOWS)).toBe(agents.find(WINDOWS));
    expect(Object.isFrozen(agents.find(WINDOWS))).toBe(true);
    expect(agents.find(WINDOWS + 'x'.repeat(1_000_000))).toMatchObject({ browser: 'Chrome' });
  });

  it('never throws, and says texts and known types only', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 600 }),
        fc.dictionary(fc.string(), fc.string()),
        (text, hints) => {
          for (const value of Object.values(agents.find(text, hints) ?? {})) {
            expect(value).toEqual(expect.any(String));
            expect(value).not.toBe('');
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  it('stands texts made to make patterns go astray', () => {
    const pieces = [
      '; HTC ',
      'HTC_blocked_',
      'Lenovo',
      'Mozilla Mobile ',
      'bot',
      'a ',
      '/1.',
      '; CROSS Build/',
      '-',
      'Android ',
    ];
    for (const a of pieces) {
      for (const b of pieces) {
        const text = (a + b).repeat(300);
        const cpuMs = Math.min(...[1, 2, 3].map((nth) => cpuMsOf(() => agents.find(`${nth}${text}`))));
        expect(cpuMs).toBeLessThan(50);
      }
    }
  });
});

/** Of this thread: what else the machine does is not in it. */
function cpuMsOf(work: () => void): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}

const uapPath = suitePath('uap-core/tests/test_ua.yaml');

describe.skipIf(uapPath === undefined)('browsers of uap-core (needs AEGIS_SUITES_DIR)', () => {
  it('are named as there in at least 99 of 100 cases', () => {
    const { test_cases: cases } = load(readFileSync(uapPath ?? '', 'utf8'), { schema: FAILSAFE_SCHEMA }) as {
      test_cases: readonly { user_agent_string: string; family: string }[];
    };
    const right = cases.filter(
      ({ user_agent_string: text, family }) => (agents.find(text)?.browser ?? 'Other') === family,
    );
    expect(cases.length).toBeGreaterThan(1500);
    expect(right.length / cases.length).toBeGreaterThanOrEqual(0.99);
  });
});

const crawlersPath = suitePath('crawler-user-agents/crawler-user-agents.json');

describe.skipIf(crawlersPath === undefined)('crawlers of a public list (needs AEGIS_SUITES_DIR)', () => {
  it('are bots, but for libraries', () => {
    const entries = JSON.parse(readFileSync(crawlersPath ?? '', 'utf8')) as readonly {
      instances: readonly string[];
      tags?: readonly string[];
    }[];
    const texts = entries
      .filter(({ tags = [] }) => !tags.includes('http-library'))
      .flatMap(({ instances }) => instances);
    const bots = texts.filter((text) => agents.find(text)?.deviceType === 'bot');
    expect(texts.length).toBeGreaterThan(1500);
    expect(bots.length / texts.length).toBeGreaterThanOrEqual(0.99);
  });
});
