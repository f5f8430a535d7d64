import { describe, expect, it } from 'vitest';
import { barriers, openPage, signInAs } from '../../testing/open-page.ts';
import { runProduct } from '../../testing/run-product.ts';

const product = runProduct();

describe('logging in', () => {
  it.each(['dark', 'light'] as const)('has no barriers, %s', async (theme) => {
    const { page, problems } = await openPage(product.browser, { theme });
    await page.goto(product.server.url);
    await page.getByLabel('E-mail').waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Enter your password.').waitFor();
    expect(await barriers(page)).toEqual([]);
    expect(problems).toEqual([]);
  });

  it('says beside each field what is missing, and can be done with the keyboard alone', async () => {
    const { page, problems } = await openPage(product.browser);
    await page.goto(product.server.url);
    const email = page.getByLabel('E-mail');
    await email.waitFor();
    await expect.poll(() => email.evaluate((field) => field === document.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    await page.getByText('Enter your e-mail address.').waitFor();
    expect(await email.getAttribute('aria-invalid')).toBe('true');
    await page.keyboard.type('nobody');
    await page.keyboard.press('Enter');
    await page.getByText('This is not an e-mail address.').waitFor();
    await email.fill(product.server.adminEmail);
    await page.keyboard.press('Tab');
    await page.keyboard.type(product.server.adminPassword);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor();
    expect(problems).toEqual([]);
  });

  it('refuses a wrong password, then leads on to the address that was wanted', async () => {
    const { page, problems } = await openPage(product.browser);
    await page.goto(`${product.server.url}/logs?q=${encodeURIComponent('{service="x"}')}&dir=forward`);
    await page.getByLabel('E-mail').fill(product.server.adminEmail);
    const password = page.getByLabel('Password', { exact: true });
    await password.fill('not the password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').getByText('E-mail or password is wrong.').waitFor();
    expect(problems).toEqual(['401 /auth/login']);
    expect(await password.inputValue()).toBe('');
    await password.fill(product.server.adminPassword);
    await page.getByRole('button', { name: 'Show password' }).click();
    expect(await password.getAttribute('type')).toBe('text');
    await password.press('Enter');
    await page.waitForURL(/\/o\/[0-9a-f-]+\/logs\?/);
    const { searchParams } = new URL(page.url());
    expect(Object.fromEntries(searchParams)).toEqual({ q: '{service="x"}', dir: 'forward' });
  });

  it('says how long to wait after too many failures', async () => {
    for (let attempt = 0; attempt < 10; attempt++) {
      await fetch(`${product.server.url}/auth/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email: 'guesser@example.com', password: String(attempt) }),
      });
    }
    const { page, problems } = await openPage(product.browser);
    await page.goto(product.server.url);
    await page.getByLabel('E-mail').fill('guesser@example.com');
    await page.getByLabel('Password', { exact: true }).fill('guess');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page
      .getByRole('alert')
      .getByText(/Too many failed attempts\. Try again in \d+ (?:min|s)/)
      .waitFor();
    expect(problems).toEqual(['429 /auth/login']);
  });
});

describe('a session', () => {
  it('ends when the server no longer takes its token, and goes on where it was', async () => {
    const { page, problems } = await openPage(product.browser);
    await signInAs(page, product.server.url, product.server.adminEmail, product.server.adminPassword);
    await page.evaluate(() => {
      const session = JSON.parse(localStorage.getItem('aegis.session') ?? '{}');
      localStorage.setItem('aegis.session', JSON.stringify({ ...session, accessToken: 'no longer good' }));
    });
    await page.goto(`${product.server.url}/logs?dir=forward`);
    await page.getByText('Your session has ended.').waitFor();
    expect(new Set(problems.map((problem) => problem.slice(0, 3)))).toEqual(new Set(['401']));
    await page.getByLabel('E-mail').fill(product.server.adminEmail);
    await page.getByLabel('Password', { exact: true }).fill(product.server.adminPassword);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(/\/logs\?dir=forward$/);
  });

  it('ends when one signs out, in every tab, and the back button does not bring it back', async () => {
    const { page, problems } = await openPage(product.browser);
    await signInAs(page, product.server.url, product.server.adminEmail, product.server.adminPassword);
    const other = await page.context().newPage();
    await other.goto(`${product.server.url}/logs`);
    await other.getByRole('heading', { name: 'Logs', level: 1 }).waitFor();
    await page.goto(`${product.server.url}/logs?wrap=1`);
    await page.getByRole('button', { name: 'User menu' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.waitForURL(`${product.server.url}/login`);
    await other.getByLabel('E-mail').waitFor();
    await page.goBack();
    await page.getByLabel('E-mail').waitFor();
    expect(problems).toEqual([]);
  });

  it('shows an organization that one does not belong to as such', async () => {
    const { page } = await openPage(product.browser);
    await signInAs(page, product.server.url, product.server.adminEmail, product.server.adminPassword);
    await page.goto(`${product.server.url}/o/00000000-0000-4000-8000-000000000000/logs`);
    await page.getByRole('heading', { name: 'You do not belong to this organization' }).waitFor();
    await page.getByRole('button', { name: /^Open / }).click();
    await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor();
  });
});

describe('the theme', () => {
  it('is there before the application is', async () => {
    const { page } = await openPage(product.browser, { theme: 'dark' });
    await page.addInitScript(() => localStorage.setItem('aegis.theme', 'light'));
    await page.route('**/assets/index-*.js', (route) => route.abort());
    await page.goto(product.server.url);
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('light');
  });

  it('is chosen in the user menu and remembered', async () => {
    const { page, problems } = await openPage(product.browser, { theme: 'dark' });
    await signInAs(page, product.server.url, product.server.adminEmail, product.server.adminPassword);
    const theme = (): Promise<string | undefined> => page.evaluate(() => document.documentElement.dataset.theme);
    expect(await theme()).toBe('dark');
    await page.getByRole('button', { name: 'User menu' }).click();
    await page.getByRole('menuitemradio', { name: 'Light' }).click();
    expect(await theme()).toBe('light');
    await page.reload();
    expect(await theme()).toBe('light');
    await page.getByRole('button', { name: 'User menu' }).click();
    await page.getByRole('menuitemradio', { name: 'System' }).click();
    expect(await theme()).toBe('dark');
    expect(problems).toEqual([]);
  });
});
