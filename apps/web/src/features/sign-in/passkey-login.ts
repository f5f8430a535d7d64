import { type LoginAnswer, MFA_ROUTES } from '@aegisguard/model';
import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/browser';
import { callRoute } from '../../lib/call-route.ts';

/** Signs in with a passkey (https://www.w3.org/TR/webauthn-3/): as the second step with the token of the first, else instead of everything. */
export async function loginWithPasskey({
  mfaToken,
  useBrowserAutofill = false,
  signal,
}: {
  readonly mfaToken?: string | undefined;
  /** The browser offers passkeys in the e-mail field, and waits until one is chosen. */
  readonly useBrowserAutofill?: boolean;
  /** Once it is aborted, the browser is not asked any more. */
  readonly signal?: AbortSignal;
}): Promise<LoginAnswer> {
  const { startAuthentication } = await import('@simplewebauthn/browser');
  const { options, state } = await callRoute(MFA_ROUTES.passkeyLoginOptions, { body: { mfaToken } });
  // A browser asks for one passkey at a time: what begins late ends what began meanwhile.
  signal?.throwIfAborted();
  // The server's library made them for this one.
  const optionsJSON = options as unknown as PublicKeyCredentialRequestOptionsJSON;
  const response = await startAuthentication({ optionsJSON, useBrowserAutofill });
  return callRoute(MFA_ROUTES.passkeyLogin, { body: { mfaToken, state, response: { ...response } } });
}
