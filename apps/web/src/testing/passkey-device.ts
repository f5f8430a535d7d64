import type { Page } from 'playwright-core';

/** An authenticator of the page's machine. */
export interface PasskeyDevice {
  /** Whether somebody is there to confirm: then everything is confirmed at once, also what is only offered in a field. */
  present(isPresent: boolean): Promise<void>;
  /** How often the page has offered passkeys in a field. */
  offers(): Promise<number>;
  /** Resolves once the page offers passkeys in a field: what it asked before somebody was there is not confirmed when somebody comes. */
  offered(): Promise<void>;
}

/** In the page: counts in the document how often passkeys are offered in a field. */
function tellOffers(): void {
  const get = navigator.credentials.get.bind(navigator.credentials);
  navigator.credentials.get = (options) => {
    const answer = get(options);
    if (options?.mediation === 'conditional') {
      const { dataset } = document.documentElement;
      dataset.passkeysOffered = String(Number(dataset.passkeysOffered ?? 0) + 1);
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
    offers: () => page.evaluate(() => Number(document.documentElement.dataset.passkeysOffered ?? 0)),
    offered: () => page.locator('[data-passkeys-offered]').waitFor({ state: 'attached' }),
  };
}
