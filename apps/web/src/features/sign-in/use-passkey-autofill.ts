import { useEffect, useEffectEvent } from 'react';
import { ApiError } from '../../lib/api-error.ts';
import { beginSession } from '../../lib/session.ts';
import { loginWithPasskey } from './passkey-login.ts';

/** The server waits five minutes for a passkey; the browser's offer is renewed before. */
const RENEW_MS = 240_000;

async function supportsAutofill(): Promise<boolean> {
  const { browserSupportsWebAuthnAutofill } = await import('@simplewebauthn/browser');
  return browserSupportsWebAuthnAutofill();
}

async function stopOffering(): Promise<void> {
  const { WebAuthnAbortService } = await import('@simplewebauthn/browser');
  WebAuthnAbortService.cancelCeremony();
}

/** Lets the browser offer the person's passkeys in the e-mail field, where it can. What goes wrong before one is chosen is nobody's concern. */
export function usePasskeyAutofill(isOn: boolean, onProblem: (error: ApiError) => void): void {
  const offer = useEffectEvent(async (signal: AbortSignal): Promise<void> => {
    try {
      if (await supportsAutofill()) {
        beginSession(await loginWithPasskey({ useBrowserAutofill: true, signal }), Date.now());
      }
    } catch (error) {
      if (error instanceof ApiError && error.code === 'invalid-credentials') {
        onProblem(error);
      }
    }
  });
  useEffect(() => {
    if (!isOn) {
      return;
    }
    const stopped = new AbortController();
    void offer(stopped.signal);
    const timer = setInterval(() => void offer(stopped.signal), RENEW_MS);
    return () => {
      clearInterval(timer);
      stopped.abort();
      // Where its code could not be loaded, nothing is offered.
      stopOffering().catch(() => undefined);
    };
  }, [isOn]);
}
