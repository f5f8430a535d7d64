import { type JoinedServer, joinServer } from '@aegisguard/testkit';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { type OpenPage, openBrowser, openPage, openSignedIn, type Person, type Sight } from './open-page.ts';

/** An organization of the server that all tests share, and a browser, there while the tests of a file run. */
export interface Product {
  readonly server: JoinedServer;
  readonly browser: Browser;
  /** Who made the organization. */
  readonly owner: Person;
  /** Opens a page of the organization as its owner, or as somebody else of it, and waits for its heading. */
  open(path: string, heading: string, sight?: Sight, person?: Person): Promise<OpenPage>;
}

/** Runs them for the tests of this file; a test's pages are closed after it. */
export function runProduct(): Product {
  let server: JoinedServer;
  let browser: Browser;
  const owner = (): Person => ({ email: server.adminEmail, password: server.adminPassword });
  beforeAll(async () => {
    [server, browser] = await Promise.all([joinServer(), openBrowser()]);
  });
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
  });
  afterAll(async () => {
    await browser?.close();
    await server?.leave();
  });
  return {
    get server() {
      return server;
    },
    get browser() {
      return browser;
    },
    get owner() {
      return owner();
    },
    open: async (path, heading, sight = {}, person = owner()) => {
      const opened = await openPage(browser, sight);
      await openSignedIn(opened.page, server.url, person, path);
      await opened.page.getByRole('heading', { name: heading, level: 1 }).waitFor();
      return opened;
    },
  };
}
