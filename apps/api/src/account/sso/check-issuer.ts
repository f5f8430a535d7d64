import { AegisError } from '@aegisguard/model';
import type { Outgoing } from '@aegisguard/outgoing';
import type { Engines } from '../../platform/engines.ts';

/**
 * `invalid-request` for an issuer that no login could ask (https://openid.net/specs/openid-connect-core-1_0.html#IssuerIdentifier): not https, where the installation keeps to public addresses; with a query; an address that must not be
 * called. Asks nobody.
 */
export function checkIssuer(
  issuer: string,
  {
    config,
    outgoing,
  }: { readonly config: Pick<Engines['config'], 'allowPrivateWebhooks'>; readonly outgoing: Pick<Outgoing, 'check'> },
): void {
  const url = new URL(issuer);
  if (url.protocol !== 'https:' && !(config.allowPrivateWebhooks && url.protocol === 'http:')) {
    throw refused('The issuer must be an https address.');
  }
  if (/[?#]/.test(issuer)) {
    throw refused('An issuer has neither a query nor a fragment.');
  }
  if (url.pathname.includes('/.well-known/')) {
    throw refused('The issuer is the address before /.well-known/.');
  }
  outgoing.check(issuer);
}

function refused(message: string): AegisError {
  return new AegisError('invalid-request', { detail: message, members: { errors: [{ path: '/issuer', message }] } });
}
