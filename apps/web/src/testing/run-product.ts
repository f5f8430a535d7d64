import { startServer, type TestServer } from '@aegisguard/testkit';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { type OpenPage, openBrowser, openPage, type Sight, signInAs } from './open-page.ts';

/** The whole product and a browser, there while the tests of a file run. */
export interface Product {
  readonly server: TestServer;
  readonly browser: Browser;
  /** Opens a page as the organization's owner, and waits for its heading. */
  open(path: string, heading: string, sight?: Sight): Promise<OpenPage>;
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
    open: async (path, heading, sight = {}) => {
      const opened = await openPage(browser, sight);
      await signInAs(opened.page, server.url, server.adminEmail, server.adminPassword);
      await opened.page.goto(`${server.url}${path}`);
      await opened.page.getByRole('heading', { name: heading, level: 1 }).waitFor();
      return opened;
    },
  };
}
