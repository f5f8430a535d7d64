import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

/** How codes are made of a secret: RFC 6238, https://www.rfc-editor.org/rfc/rfc6238 */
export interface TotpParameters {
  readonly algorithm: 'SHA1' | 'SHA256' | 'SHA512';
  readonly digits: number;
}

/** What every authenticator application understands; many ignore other wishes and show wrong codes. */
const AUTHENTICATOR: TotpParameters = { algorithm: 'SHA1', digits: 6 };
const PERIOD_SECONDS = 30;
/** Steps before and after the present one that are taken, for clocks that differ and people who type slowly (§5.2). */
const WINDOW_STEPS = 1;
/** As long as the hash, which is what §4 of RFC 4226 recommends. */
const SECRET_BYTES = 20;
const ISSUER = 'AegisGuard';

/** A fresh secret. */
export function newTotpSecret(): Buffer {
  return randomBytes(SECRET_BYTES);
}

/** What an authenticator application needs to make the secret's codes: the secret in Base32, and a URI for a QR code (https://github.com/google/google-authenticator/wiki/Key-Uri-Format). */
export function describeTotp(
  secret: Uint8Array,
  email: string,
): { readonly secret: string; readonly otpauthUrl: string } {
  const totp = new TOTP({
    ...AUTHENTICATOR,
    period: PERIOD_SECONDS,
    issuer: ISSUER,
    label: email,
    secret: secretOf(secret),
  });
  return { secret: totp.secret.base32, otpauthUrl: totp.toString() };
}

/** The time step that the code belongs to; undefined for one that is not of now. Spaces are how applications show codes. */
export function stepOfCode(
  secret: Uint8Array,
  code: string,
  nowMs: number,
  { algorithm, digits }: TotpParameters = AUTHENTICATOR,
): bigint | undefined {
  const token = code.replaceAll(/\s/g, '');
  // The library compares bytes, and throws where digits of other scripts have more of them.
  if (!/^[0-9]+$/.test(token)) {
    return undefined;
  }
  const delta = TOTP.validate({
    token,
    secret: secretOf(secret),
    algorithm,
    digits,
    period: PERIOD_SECONDS,
    timestamp: nowMs,
    window: WINDOW_STEPS,
  });
  return delta === null ? undefined : BigInt(TOTP.counter({ period: PERIOD_SECONDS, timestamp: nowMs }) + delta);
}

function secretOf(bytes: Uint8Array): Secret {
  return new Secret({ buffer: Uint8Array.from(bytes).buffer });
}
