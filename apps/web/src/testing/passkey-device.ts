import type { Page } from 'playwright-core';

/** An authenticator of the page's machine. */
export interface PasskeyDevice {
  /** Whether somebody is there to confirm: then everything is confirmed at once, also what is only offered in a field. */
  present(isPresent: boolean): Promise<void>;
}

/** Puts an authenticator into the page's machine, with nobody there yet: https://chromedevtools.github.io/devtools-protocol/tot/WebAuthn/ */
export async function addPasskeyDevice(page: Page): Promise<PasskeyDevice> {
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
  };
}
