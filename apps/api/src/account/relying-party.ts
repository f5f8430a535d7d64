import { isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';

/** Whom passkeys are for: https://www.w3.org/TR/webauthn-3/#relying-party-identifier */
export interface RelyingParty {
  /** A host name. */
  readonly id: string;
  /** Of the pages that may ask for them. */
  readonly origins: readonly string[];
}

/**
 * The relying party: the public URL's host, or else the one that the request was sent to. Then both schemes are taken, since a proxy may have ended the TLS without a word; browsers give passkeys to `http:` on this machine only.
 * Undefined at an IP address, for which there are none.
 */
export function relyingPartyOf(
  publicUrl: string | undefined,
  { host }: Pick<FastifyRequest, 'host'>,
): RelyingParty | undefined {
  const candidates = publicUrl === undefined ? [`https://${host}`, `http://${host}`] : [publicUrl];
  const urls = candidates.filter((text) => URL.canParse(text)).map((text) => new URL(text));
  const id = urls[0]?.hostname ?? '';
  return id === '' || id.startsWith('[') || isIP(id) !== 0
    ? undefined
    : { id, origins: urls.map(({ origin }) => origin) };
}
