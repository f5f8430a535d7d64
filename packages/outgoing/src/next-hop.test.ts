import { describe, expect, it } from 'vitest';
import { isPublicAddress } from './is-public-address.ts';
import { type Hop, nextHop } from './next-hop.ts';

const HOP: Hop = {
  url: new URL('https://a.example/hook'),
  method: 'POST',
  headers: { authorization: 'Bearer x', 'x-api-key': 'k', 'content-type': 'text/plain', accept: '*/*' },
  body: 'b',
};

describe('nextHop', () => {
  it('keeps everything within an origin', () => {
    expect(nextHop(HOP, 307, '/moved', isPublicAddress)).toEqual({ ...HOP, url: new URL('https://a.example/moved') });
  });

  it.each(['https://b.example/', 'https://a.example:8443/', '//sub.a.example/'])(
    'tells %s no credential, whatever its header is called',
    (location) => {
      expect(nextHop(HOP, 308, location, isPublicAddress).headers).toEqual({
        'content-type': 'text/plain',
        accept: '*/*',
      });
    },
  );

  it.each([
    ['POST', 301, 'GET'],
    ['POST', 302, 'GET'],
    ['POST', 303, 'GET'],
    ['PUT', 303, 'GET'],
    ['PUT', 302, 'PUT'],
    ['POST', 307, 'POST'],
    ['HEAD', 303, 'HEAD'],
  ])('makes of %s by %d a %s', (method, status, expected) => {
    const next = nextHop({ ...HOP, method }, status, '/x', isPublicAddress);
    expect(next.method).toBe(expected);
    const hasBody = expected === method;
    expect([next.body, next.headers['content-type']]).toEqual(hasBody ? ['b', 'text/plain'] : [undefined, undefined]);
  });

  it.each([
    ['http://a.example/', 'refused-redirect'],
    ['http://[', 'refused-redirect'],
    ['https://127.1/', 'refused-address'],
    ['https://u:p@a.example/', 'refused-request'],
    ['file:///etc/passwd', 'refused-request'],
    ['https://a.example:22/', 'refused-request'],
  ])('does not follow to %s', (location, code) => {
    expect(() => nextHop(HOP, 302, location, isPublicAddress)).toThrow(expect.objectContaining({ code }));
  });
});
