import { existsSync } from 'node:fs';
import type { MeAnswer } from '@aegisguard/model';
import type axeCore from 'axe-core';
import axeSource from 'axe-core/axe.min.js?raw';
import { type Browser, chromium, type Page } from 'playwright-core';

declare global {
  interface Window {
    /** There once `barriers` has looked at the page. */
    axe?: typeof axeCore;
  }
}

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** How a page is seen. */
export interface Sight {
  readonly theme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
}

/** A page in a context of its own, with everything that went wrong in it so far. */
export interface OpenPage {
  readonly page: Page;
  /** Errors of the console and of scripts; answers with an error status are listed as `401 /auth/login`. */
  readonly problems: readonly string[];
}

/** The same engine without windows, each of which takes a second of a processor. */
const HEADLESS_SHELL = '/usr/bin/chromium-headless-shell';

/** Starts Debian's Chromium, or the one that `AEGIS_CHROMIUM` names. */
export function openBrowser(): Promise<Browser> {
  const named: string | undefined = import.meta.env.AEGIS_CHROMIUM;
  const executablePath = named ?? (existsSync(HEADLESS_SHELL) ? HEADLESS_SHELL : '/usr/bin/chromium');
  return chromium.launch({ executablePath, args: FLAGS });
}

/** Opens an empty page in Berlin's time zone, so that local and universal times differ, for somebody who wants no movement: what fades in would not have its colours yet. */
export async function openPage(browser: Browser, sight: Sight = {}): Promise<OpenPage> {
  const context = await browser.newContext({
    viewport: { width: sight.width ?? 1440, height: sight.height ?? 900 },
    colorScheme: sight.theme ?? 'dark',
    reducedMotion: 'reduce',
    timezoneId: 'Europe/Berlin',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  // Of other pages of it, too.
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    // Chromium repeats every error status on the console; the answers themselves say more.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
      problems.push(message.text());
    }
  });
  page.on('response', (response) => {
    if (response.status() >= 400) {
      problems.push(`${response.status()} ${new URL(response.url()).pathname}`);
    }
  });
  return { page, problems };
}

/** Somebody who can sign in with a password alone. */
export interface Person {
  readonly email: string;
  readonly password: string;
}

/**
 * Signs in without the form, and opens a page of the person's first organization, such as `/logs?q=…`: the cookie is there, and the application goes on as after a login at an identity provider.
 * A session of its own for every page, since a refresh token works once.
 */
export async function openSignedIn(page: Page, url: string, { email, password }: Person, path: string): Promise<void> {
  const answer = await page.request.post(`${url}/auth/login`, { data: { email, password } });
  if (!answer.ok()) {
    throw new Error(`login answered ${answer.status()}: ${await answer.text()}`);
  }
  const { organizations }: MeAnswer = await answer.json();
  const next = `/o/${organizations[0]?.id}${path}`;
  await page.goto(`${url}/signed-in?${new URLSearchParams({ next })}`);
  await page.waitForURL((at) => at.pathname !== '/signed-in');
}

/** Fills in the form of the page that asks to sign in, and sends it. */
export async function fillSignIn(page: Page, { email, password }: Person): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.keyboard.press('Enter');
}

/** Waits until everything has the colours that it will have: nothing is pale because it answers an earlier question, and nothing fades in. What moves without end stays as it is. */
async function settle(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      document.querySelector('[aria-busy=true]') === null &&
      document.getAnimations().every(({ playState, effect }) => {
        const isEndless = effect?.getComputedTiming().endTime === Number.POSITIVE_INFINITY;
        return playState !== 'running' || isEndless;
      }),
  );
}

/** What axe finds, once the page has settled, that keeps people out (serious and critical), as `rule: element: why`. */
export async function barriers(page: Page): Promise<readonly string[]> {
  if (page.frames().length > 1) {
    throw new Error('this looks at the main frame only');
  }
  await settle(page);
  if (await page.evaluate(() => window.axe === undefined)) {
    // The short form: each page has to be given it, and to read it.
    await page.evaluate(axeSource);
  }
  // Rules run all the same; what they find in order is not brought together, which takes most of the time.
  const { violations, wasBusy } = await page.evaluate(async () => {
    let wasBusy = false;
    const observer = new MutationObserver(() => {
      wasBusy ||= document.querySelector('[aria-busy=true]') !== null;
    });
    observer.observe(document, { subtree: true, childList: true, attributeFilter: ['aria-busy'] });
    const found = await window.axe?.run(document, { resultTypes: ['violations'] });
    observer.disconnect();
    const violations = found?.violations.map(({ id, impact, nodes }) => ({
      id,
      impact,
      places: nodes.map(({ html, failureSummary = '' }) => `${html.slice(0, 160)}: ${failureSummary}`),
    }));
    return { violations, wasBusy };
  });
  if (violations === undefined) {
    throw new Error('axe did not run');
  }
  // What is pale while its successor is on its way is looked at when that has come.
  if (wasBusy) {
    return barriers(page);
  }
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, places }) => places.map((place) => `${id}: ${place}`));
}
