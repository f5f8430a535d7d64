import { expect, it } from 'vitest';
import { browserFacts } from './browser-facts.ts';

it('takes the user agent and the client hints, and nothing else', () => {
  const headers = {
    'user-agent': 'Mozilla/5.0',
    'sec-ch-ua': '"Chromium";v="140"',
    'sec-ch-ua-mobile': '?0',
    cookie: 'a=b',
  };
  expect(browserFacts(headers)).toEqual({
    userAgent: 'Mozilla/5.0',
    clientHints: { 'sec-ch-ua': '"Chromium";v="140"', 'sec-ch-ua-mobile': '?0' },
  });
});

it('has no members for what was not sent', () => {
  expect(browserFacts({ accept: '*/*' })).toEqual({});
});

it('cuts what is endless', () => {
  const many = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`sec-ch-ua-${at}`, 'x'.repeat(2000)]));
  const { clientHints = {}, userAgent } = browserFacts({ 'user-agent': 'x'.repeat(2000), ...many });
  expect(userAgent).toHaveLength(512);
  expect(Object.values(clientHints).map(({ length }) => length)).toEqual(Array.from({ length: 16 }, () => 512));
});
