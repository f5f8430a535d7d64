import { isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';

/** Whom passkeys are for: https://www.w3.org/TR/webauthn-3/#relying-party-identifier */
export interface RelyingParty {
  /** A host name. */
  readonly id: string;
  readonly origin: string;
}

/** The relying party: the public URL's host, or else the one that the request was sent to. Undefined at an IP address, for which there are no passkeys. */
export function relyingPartyOf(
  publicUrl: string | undefined,
  { protocol, host }: Pick<FastifyRequest, 'protocol' | 'host'>,
): RelyingParty | undefined {
  const text = publicUrl ?? `${protocol}://${host}`;
  if (!URL.canParse(text)) {
    return undefined;
  }
  const { hostname, origin } = new URL(text);
  return hostname === '' || hostname.startsWith('[') || isIP(hostname) !== 0 ? undefined : { id: hostname, origin };
}
