import { createHmac } from 'node:crypto';
import type { IngestKey } from '@aegisguard/accounts';
import { type ApiKeyKind, parseOrgId } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseContentType } from './content-type.ts';
import { authenticate, authorize, maySign, readClaim } from './credentials.ts';
import type { IngestRequest } from './ingest-request.ts';

const NOW = 1_795_000_000_000;
const BODY = Buffer.from('{"logs":[]}');
const DECOY = Buffer.alloc(32, 1);
const TOKEN = `agt_${'a'.repeat(20)}_${'b'.repeat(52)}`;
const KEY_ID = `agk_${'a'.repeat(20)}`;
const SECRET = 'a secret that is long enough';

const keyOf = (kind: ApiKeyKind, change: Partial<IngestKey> = {}): IngestKey => ({
  keyId: KEY_ID,
  orgId: parseOrgId('00000000-0000-7000-8000-000000000001'),
  kind,
  scopes: ['logs:write', 'rum:write'],
  origins: kind === 'browser' ? ['https://shop.example'] : [],
  secrets: kind === 'browser' ? [] : [Buffer.from(kind === 'signed' ? SECRET : TOKEN)],
  requireTimestamp: false,
  revoked: false,
  expired: false,
  retentionDays: { logs: 30, metrics: 30, traces: 30, rum: 30, events: 365 },
  ratePerMin: null,
  activeSeriesMax: null,
  ...change,
});

const requestOf = (headers: IngestRequest['headers'], queryKey?: string): IngestRequest => ({
  id: 'r',
  headers,
  contentType: parseContentType(undefined),
  queryKey,
  clientAddress: '127.0.0.1',
  readBody: () => Promise.resolve(BODY),
  passBody: () => Promise.resolve(),
});

const sign = (secret: string) => `sha256=${createHmac('sha256', secret).update(BODY).digest('hex')}`;
const basic = (user: string, password: string) => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

/** `yes`, or the code of the refusal. */
function outcome(headers: IngestRequest['headers'], key: IngestKey | undefined, queryKey?: string): string {
  const claim = readClaim(requestOf(headers, queryKey), NOW);
  try {
    authenticate(claim, claim.keyId === KEY_ID ? key : undefined, BODY, DECOY);
    // Of what is let in, the body must have been kept.
    expect(claim.kind !== 'signed' || maySign(claim, key)).toBe(true);
    return 'yes';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe('what proves a key', () => {
  const signed = { 'x-org-key': KEY_ID, 'x-signature': sign(SECRET) };
  const bearer = { authorization: `Bearer ${TOKEN}` };

  it.each([
    ['a signature', signed, keyOf('signed')],
    ['a bearer token', bearer, keyOf('token')],
    ['a bearer token, in any case', { authorization: `bearer  ${TOKEN}` }, keyOf('token')],
    [
      'a bearer token under its older secret',
      bearer,
      keyOf('token', { secrets: [Buffer.from('x'), Buffer.from(TOKEN)] }),
    ],
    ['Basic', { authorization: basic(KEY_ID, TOKEN) }, keyOf('token')],
    ['the id of a browser key', { 'x-org-key': KEY_ID }, keyOf('browser')],
    ['a query token, which is then not permitted', bearer, keyOf('query')],
  ])('%s', (_, headers, key) => {
    expect(outcome(headers, key)).toBe('yes');
  });

  it('a body is kept only for a key that could have signed it, in a form that it takes', () => {
    const claim = readClaim(requestOf(signed), NOW);
    const unreadable = readClaim(requestOf({ ...signed, 'x-signature': 'sha256=zz' }), NOW);
    const asks = [
      [claim, undefined],
      [claim, keyOf('browser')],
      [claim, keyOf('token')],
      [claim, keyOf('signed', { requireTimestamp: true })],
      [unreadable, keyOf('signed')],
    ] as const;
    expect(asks.map(([asked, key]) => asked.kind === 'signed' && maySign(asked, key))).toEqual(asks.map(() => false));
    expect(claim.kind === 'signed' && maySign(claim, keyOf('signed'))).toBe(true);
  });

  it('the id of a browser key in the URL', () => {
    expect(outcome({}, keyOf('browser'), KEY_ID)).toBe('yes');
    expect(outcome({}, keyOf('signed'), KEY_ID)).toBe('unauthorized');
  });

  it.each([
    ['nothing', {}, keyOf('signed')],
    ['the id of a signed key alone', { 'x-org-key': KEY_ID }, keyOf('signed')],
    ['the id of a token key alone', { 'x-org-key': KEY_ID }, keyOf('token')],
    ['an unknown key', signed, undefined],
    ['an unknown token', bearer, undefined],
    ['a signed key’s secret as bearer', { authorization: `Bearer ${SECRET}` }, keyOf('signed')],
    ['a bearer that a signed key has for a secret', bearer, keyOf('signed', { secrets: [Buffer.from(TOKEN)] })],
    ['a token that signs', { 'x-org-key': KEY_ID, 'x-signature': sign(TOKEN) }, keyOf('token')],
    ['a signature for a browser key', signed, keyOf('browser')],
    ['a revoked token', bearer, keyOf('token', { secrets: [], revoked: true })],
    ['another token of the key', { authorization: `Bearer ${TOKEN}c` }, keyOf('token')],
    ['Basic of another user', { authorization: basic('somebody-else', TOKEN) }, keyOf('token')],
    ['Basic without a colon', { authorization: `Basic ${Buffer.from(TOKEN).toString('base64')}` }, keyOf('token')],
    ['another scheme', { authorization: `Digest ${TOKEN}` }, keyOf('token')],
    ['sha256 where v1 is demanded', signed, keyOf('signed', { requireTimestamp: true })],
  ])('not %s', (_, headers, key) => {
    expect(outcome(headers, key)).toBe('unauthorized');
  });

  it('no text makes it fail otherwise', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('', 'Bearer ', 'Basic '), (text, scheme) => {
        expect(outcome({ authorization: scheme + text }, keyOf('token'))).toBe('unauthorized');
      }),
    );
  });
});

describe('what a key may', () => {
  const FORBIDDEN = expect.objectContaining({ code: 'forbidden' });

  it('is its scopes', () => {
    authorize(keyOf('token'), 'logs:write', undefined);
    expect(() => authorize(keyOf('token'), 'traces:write', undefined)).toThrow(FORBIDDEN);
    expect(() => authorize(keyOf('query'), 'logs:write', undefined)).toThrow(FORBIDDEN);
  });

  it('is RUM from allow-listed origins, for a browser key', () => {
    authorize(keyOf('browser'), 'rum:write', 'https://shop.example');
    expect(() => authorize(keyOf('browser'), 'logs:write', 'https://shop.example')).toThrow(FORBIDDEN);
    for (const origin of ['https://evil.example', 'null', undefined]) {
      expect(() => authorize(keyOf('browser'), 'rum:write', origin)).toThrow(FORBIDDEN);
    }
  });
});
