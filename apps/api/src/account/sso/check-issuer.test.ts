import { createOutgoing } from '@aegisguard/outgoing';
import { afterAll, expect, it } from 'vitest';
import { checkIssuer } from './check-issuer.ts';

const [strict, open] = [false, true].map((allowPrivate) => ({
  config: { allowPrivateWebhooks: allowPrivate },
  outgoing: createOutgoing({ allowPrivate }),
}));

afterAll(() => Promise.all([strict?.outgoing.close(), open?.outgoing.close()]));

function problemOf(issuer: string, engines = strict): string | undefined {
  try {
    checkIssuer(issuer, engines ?? expect.unreachable());
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

it.each(['https://login.example.com', 'https://login.example.com/realms/main', 'https://login.example.com:8443/'])(
  'takes %s',
  (issuer) => {
    expect(problemOf(issuer)).toBeUndefined();
  },
);

it.each([
  'http://login.example.com',
  'ftp://login.example.com',
  'https://127.0.0.1',
  'https://0x7f.1',
  'https://[::1]/realms/main',
  'https://169.254.169.254/latest',
  'https://user:password@login.example.com',
  'https://login.example.com/?tenant=a',
  'https://login.example.com/#a',
  'https://login.example.com/?',
  'https://login.example.com/.well-known/openid-configuration',
])('refuses %s', (issuer) => {
  expect(problemOf(issuer)).toBeDefined();
});

it('takes an issuer of a private network over http where the operator allows it', () => {
  expect(problemOf('http://127.0.0.1:8080/realms/main', open)).toBeUndefined();
  expect(problemOf('ftp://127.0.0.1', open)).toBeDefined();
});
