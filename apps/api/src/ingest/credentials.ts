import { type IngestKey, isAllowedOrigin, isTokenOf, keyIdOfToken } from '@aegisguard/accounts';
import { AegisError, type IngestScope } from '@aegisguard/model';
import { basicToken } from '../platform/basic-token.ts';
import type { IngestRequest } from './ingest-request.ts';
import { isSignedBy, parseSignature, type Signature } from './signature.ts';

/** What a request says about who sends it (contract §3); nothing of it is verified yet. */
export type Claim =
  | { readonly kind: 'signed'; readonly keyId: string; readonly signature: Signature | undefined }
  | { readonly kind: 'token'; readonly keyId: string; readonly token: string }
  | { readonly kind: 'browser'; readonly keyId: string };

const AUTHORIZATION = /^(?<scheme>Bearer|Basic) +(?<value>\S{1,4096}) *$/i;

/** Reads the claim. A request without any credentials claims a key without a name, which nobody has. */
export function readClaim({ headers, queryKey }: IngestRequest, nowMs: number): Claim {
  const keyId = single(headers['x-org-key']) ?? '';
  if (headers['x-signature'] !== undefined) {
    return { kind: 'signed', keyId, signature: parseSignature(headers, nowMs) };
  }
  if (headers.authorization !== undefined) {
    return readToken(headers.authorization);
  }
  return { kind: 'browser', keyId: keyId === '' ? (queryKey ?? '') : keyId };
}

/** Whether the key takes signatures of this form. */
function isFormOf(key: IngestKey, signature: Signature): boolean {
  return signature.form === 'v1' || !key.requireTimestamp;
}

/** The key, if the claim is true of it; else throws the one 401. An unknown key is checked against `decoySecret`, so that it costs the same as a wrong secret. */
export function authenticate(
  claim: Claim,
  key: IngestKey | undefined,
  wire: Uint8Array,
  decoySecret: Uint8Array,
): IngestKey {
  const secrets = key?.secrets ?? [decoySecret];
  if (!proves(claim, key, secrets, wire) || key === undefined) {
    throw new AegisError('unauthorized', { detail: 'The key, its signature or its token is not valid.' });
  }
  return key;
}

function proves(claim: Claim, key: IngestKey | undefined, secrets: readonly Uint8Array[], wire: Uint8Array): boolean {
  switch (claim.kind) {
    case 'signed': {
      const { signature } = claim;
      const signed = signature !== undefined && isSignedBy(signature, wire, secrets);
      return signed && key?.kind === 'signed' && isFormOf(key, signature);
    }
    case 'token':
      return isTokenOf(claim.token, secrets) && (key?.kind === 'token' || key?.kind === 'query');
    case 'browser':
      return key?.kind === 'browser';
  }
}

/** Whether there is a body with which a signature would be the key's. */
export function maySign({ signature }: Claim & { kind: 'signed' }, key: IngestKey | undefined): boolean {
  return signature !== undefined && key?.kind === 'signed' && isFormOf(key, signature);
}

/** Throws 403 unless the key, which is who it says, may write this from here. */
export function authorize(key: IngestKey, scope: IngestScope, origin: string | undefined): void {
  if (key.kind === 'query') {
    throw new AegisError('forbidden', { detail: 'A query token cannot write; use an ingest token.' });
  }
  if (!key.scopes.includes(scope) || (key.kind === 'browser' && scope !== 'rum:write')) {
    throw new AegisError('forbidden', { detail: `This key lacks the scope ${scope}.` });
  }
  if (key.kind === 'browser' && !isAllowedOrigin(key.origins, origin ?? '')) {
    throw new AegisError('forbidden', { detail: 'This key may not be used from this origin.' });
  }
}

/** The first of a header's values. */
export function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}

/** `Bearer <token>`, or `Basic` with the key's id and the token. */
function readToken(header: string): Claim {
  const { scheme, value = '' } = AUTHORIZATION.exec(header)?.groups ?? {};
  const token = scheme?.toLowerCase() === 'basic' ? basicToken(value) : value;
  return { kind: 'token', keyId: keyIdOfToken(token) ?? '', token };
}
