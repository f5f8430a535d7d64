import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isSignedBy, parseSignature, REPLAY_WINDOW_MS } from './signature.ts';

const NOW = 1_795_000_000_000;
const BODY = Buffer.from('{"logs":[]}');
const SECRET = Buffer.from('a secret of some length');
const plain = createHmac('sha256', SECRET).update(BODY).digest('hex');
const stamped = (timestamp: string) => createHmac('sha256', SECRET).update(`${timestamp}.`).update(BODY).digest('hex');

function check(headers: Record<string, string>, secrets: readonly Uint8Array[] = [SECRET], body = BODY): boolean {
  const signature = parseSignature(headers, NOW);
  return signature !== undefined && isSignedBy(signature, body, secrets);
}

describe('a sha256 signature', () => {
  it('covers the body, in either case of hex', () => {
    expect(check({ 'x-signature': `sha256=${plain}` })).toBe(true);
    expect(check({ 'x-signature': `sha256=${plain.toUpperCase()}` })).toBe(true);
    expect(check({ 'x-signature': `sha256=${plain}` }, [SECRET], Buffer.from('{"logs":[] }'))).toBe(false);
  });

  it('is refused with a timestamp outside the window, whatever it covers', () => {
    expect(check({ 'x-signature': `sha256=${plain}`, 'x-timestamp': String(NOW) })).toBe(true);
    expect(check({ 'x-signature': `sha256=${plain}`, 'x-timestamp': String(NOW - REPLAY_WINDOW_MS - 1) })).toBe(false);
  });
});

describe('a v1 signature', () => {
  it.each([
    ['now', NOW, true],
    ['at the window’s edges', NOW - REPLAY_WINDOW_MS, true],
    ['ahead, inside', NOW + REPLAY_WINDOW_MS, true],
    ['too old', NOW - REPLAY_WINDOW_MS - 1, false],
    ['too far ahead', NOW + REPLAY_WINDOW_MS + 1, false],
  ])('%s', (_, timestamp, expected) => {
    const header = String(timestamp);
    expect(check({ 'x-signature': `v1=${stamped(header)}`, 'x-timestamp': header })).toBe(expected);
  });

  it('covers the timestamp', () => {
    expect(check({ 'x-signature': `v1=${stamped(String(NOW))}`, 'x-timestamp': String(NOW + 1) })).toBe(false);
    expect(check({ 'x-signature': `v1=${stamped(String(NOW))}` })).toBe(false);
  });
});

it('any of several secrets may have signed', () => {
  const other = Buffer.from('another secret');
  expect(check({ 'x-signature': `sha256=${plain}` }, [other, SECRET])).toBe(true);
  expect(check({ 'x-signature': `sha256=${plain}` }, [SECRET, other])).toBe(true);
  expect(check({ 'x-signature': `sha256=${plain}` }, [other])).toBe(false);
  expect(check({ 'x-signature': `sha256=${plain}` }, [])).toBe(false);
});

it.each([
  '',
  'sha256',
  'sha256=',
  `sha256=${plain.slice(1)}`,
  `sha1=${plain}`,
  `sha256=${plain}0`,
  `sha256=${'g'.repeat(64)}`,
  ` sha256=${plain}`,
])('a malformed signature %j is no signature', (header) => {
  expect(parseSignature({ 'x-signature': header }, NOW)).toBeUndefined();
});

it.each(['', 'now', '-1', '1e12', '12345678901234567890', `${NOW}.0`])(
  'a malformed timestamp %j is no signature',
  (timestamp) => {
    expect(parseSignature({ 'x-signature': `sha256=${plain}`, 'x-timestamp': timestamp }, NOW)).toBeUndefined();
  },
);
