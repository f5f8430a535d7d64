import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, chromium, type Page } from 'playwright-core';

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

/** Starts Debian's Chromium, or the one that `AEGIS_CHROMIUM` names. */
export function openBrowser(): Promise<Browser> {
  const named: string | undefined = import.meta.env.AEGIS_CHROMIUM;
  return chromium.launch({ executablePath: named ?? '/usr/bin/chromium', args: FLAGS });
}

/** Opens an empty page in Berlin's time zone, so that local and universal times differ. */
export async function openPage(browser: Browser, sight: Sight = {}): Promise<OpenPage> {
  const context = await browser.newContext({
    viewport: { width: sight.width ?? 1440, height: sight.height ?? 900 },
    colorScheme: sight.theme ?? 'dark',
    timezoneId: 'Europe/Berlin',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
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

/** Signs in through the form and waits for the start page. */
export async function signInAs(page: Page, url: string, email: string, password: string): Promise<void> {
  await page.goto(`${url}/login`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor();
}

/** What axe finds that keeps people out (serious and critical), as `rule: element`. */
export async function barriers(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`));
}
