import { fastify } from 'fastify';
import { expect, it } from 'vitest';
import { setSecurityHeaders } from './security-headers.ts';

async function headersOf(publicUrl: string | undefined) {
  const app = fastify();
  await setSecurityHeaders(app, publicUrl);
  app.get('/', () => 'page');
  return (await app.inject('/')).headers;
}

it('pages run no inline script, stand in no frame, tell nobody where they are and ask for no device', async () => {
  const headers = await headersOf(undefined);
  expect(headers['content-security-policy']).not.toContain('unsafe');
  expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  expect(headers).toMatchObject({
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': expect.stringContaining('camera=()'),
  });
});

it.each([
  ['https://aegis.example.com', 'max-age=31536000'],
  ['http://aegis.example.com', undefined],
  [undefined, undefined],
])('under %s browsers are held to https: %s', async (publicUrl, expected) => {
  expect((await headersOf(publicUrl))['strict-transport-security']).toBe(expected);
});
