import type { Page } from 'playwright-core';

/** An authenticator of the page's machine. */
export interface PasskeyDevice {
  /** Whether somebody is there to confirm: then everything is confirmed at once, also what is only offered in a field. */
  present(isPresent: boolean): Promise<void>;
  /** Resolves once the page offers passkeys in a field: what it asked before somebody was there is not confirmed when somebody comes. */
  offered(): Promise<void>;
}

/** In the page: says in the document that passkeys are offered in a field. */
function tellOffers(): void {
  const get = navigator.credentials.get.bind(navigator.credentials);
  navigator.credentials.get = (options) => {
    const answer = get(options);
    if (options?.mediation === 'conditional') {
      document.documentElement.dataset.passkeysOffered = '';
    }
    return answer;
  };
}

/** Puts an authenticator into the page's machine, with nobody there yet: https://chromedevtools.github.io/devtools-protocol/tot/WebAuthn/ */
export async function addPasskeyDevice(page: Page): Promise<PasskeyDevice> {
  await page.addInitScript(tellOffers);
  await page.evaluate(tellOffers);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: false,
    },
  });
  return {
    present: async (enabled) => {
      await devtools.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled });
    },
    offered: () => page.locator('[data-passkeys-offered]').waitFor({ state: 'attached' }),
  };
}
