import { startServer, TEST_SECRETS, type TestServer } from '@aegisguard/testkit';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { type OpenPage, openBrowser, openPage, openSignedIn, type Person, type Sight } from './open-page.ts';

/** Who made the organization that every test server begins with. */
export const OWNER: Person = { email: TEST_SECRETS.adminEmail, password: TEST_SECRETS.adminPassword };

/** The whole product and a browser, there while the tests of a file run. */
export interface Product {
  readonly server: TestServer;
  readonly browser: Browser;
  /** Opens a page of the organization as its owner, or as somebody else of it, and waits for its heading. */
  open(path: string, heading: string, sight?: Sight, person?: Person): Promise<OpenPage>;
}

/** Runs them for the tests of this file, with these variables of the environment; a test's pages are closed after it. */
export function runProduct(env: () => Promise<Readonly<Record<string, string>>> = async () => ({})): Product {
  let server: TestServer;
  let browser: Browser;
  beforeAll(async () => {
    [server, browser] = await Promise.all([env().then((given) => startServer({ env: given })), openBrowser()]);
  });
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });
  return {
    get server() {
      return server;
    },
    get browser() {
      return browser;
    },
    open: async (path, heading, sight = {}, person = OWNER) => {
      const opened = await openPage(browser, sight);
      await openSignedIn(opened.page, server.url, person, path);
      await opened.page.getByRole('heading', { name: heading, level: 1 }).waitFor();
      return opened;
    },
  };
}
