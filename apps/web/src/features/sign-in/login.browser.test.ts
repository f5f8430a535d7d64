import { describe, expect, it } from 'vitest';
import { barriers, fillSignIn, openPage, openSignedIn } from '../../testing/open-page.ts';
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
    await expect.poll(() => email.getAttribute('aria-invalid')).toBe('true');
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
    await expect.poll(() => password.inputValue()).toBe('');
    await password.fill(product.server.adminPassword);
    await page.getByRole('button', { name: 'Show password' }).click();
    await expect.poll(() => password.getAttribute('type')).toBe('text');
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
        body: JSON.stringify({ email: `guesser@${product.server.domain}`, password: String(attempt) }),
      });
    }
    const { page, problems } = await openPage(product.browser);
    await page.goto(product.server.url);
    await page.getByLabel('E-mail').fill(`guesser@${product.server.domain}`);
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
  it('is there after a reload, and holds no token where a script could find it later', async () => {
    const { page, problems } = await product.open('/home', 'Home');
    const seen: string[] = [];
    page.on('framenavigated', (frame) => seen.push(new URL(frame.url()).pathname));
    await page.reload();
    await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor();
    expect(seen).not.toContain('/login');
    const stored = await page.evaluate(() =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
    );
    expect(stored).not.toMatch(/eyJ|aegis_refresh/);
    expect(problems).toEqual([]);
  });

  it('outlives a reload in the middle of a refresh', async () => {
    const { page, problems } = await product.open('/home', 'Home');
    for (let turn = 0; turn < 3; turn++) {
      const asked = page.waitForRequest('**/auth/refresh');
      await page.reload({ waitUntil: 'commit' });
      await asked;
    }
    await page.reload();
    await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor();
    await page.getByRole('button', { name: 'User menu' }).click();
    await page.getByRole('menu', { name: 'User menu' }).getByText(product.server.adminEmail).waitFor();
    expect(problems).toEqual([]);
  });

  it('is one for all tabs: they take turns at the cookie, and a token that one gets is there for all', async () => {
    const { page, problems } = await product.open('/home', 'Home');
    const others = await Promise.all([1, 2, 3].map(() => page.context().newPage()));
    const tabs = [page, ...others];
    for (let turn = 0; turn < 2; turn++) {
      await Promise.all(tabs.map((tab) => tab.goto(`${product.server.url}/logs`)));
      await Promise.all(tabs.map((tab) => tab.getByRole('heading', { name: 'Logs', level: 1 }).waitFor()));
    }
    const [first, ...rest] = tabs.map((tab) => tab.waitForRequest('**/query/logs/search'));
    await Promise.all(tabs.map((tab) => tab.getByRole('button', { name: 'Run' }).click()));
    await Promise.all([first, ...rest]);
    expect(problems).toEqual([]);
  });

  it('goes on while the server is away, and ends when the server has ended it', async () => {
    const { page } = await product.open('/home', 'Home');
    await page.route('**/auth/refresh', (route) => route.abort());
    await page.goto(`${product.server.url}/logs?dir=forward`);
    await page.getByRole('alert').getByText('The server cannot be reached').waitFor();
    await page.unroute('**/auth/refresh');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'Logs', level: 1 }).waitFor();

    await page.context().clearCookies();
    await page.reload();
    await page.getByText('Your session has ended.').waitFor();
    await fillSignIn(page, product.owner);
    await page.waitForURL(/\/logs\?dir=forward$/);
  });

  it('renews its token before it ends', async () => {
    const { page, problems } = await openPage(product.browser);
    await page.clock.install();
    await openSignedIn(page, product.server.url, product.owner, '/home');
    await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor();
    const renewal = page.waitForResponse('**/auth/refresh');
    await page.clock.fastForward(14 * 60_000);
    expect((await renewal).status()).toBe(200);
    expect(problems).toEqual([]);
  });

  it('ends when one signs out, in every tab, and the back button does not bring it back', async () => {
    const { page, problems } = await product.open('/home', 'Home');
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
    // What was asked while one signed out may have been refused.
    expect(problems.filter((problem) => !problem.startsWith('401 '))).toEqual([]);
  });

  it('shows an organization that one does not belong to as such', async () => {
    const { page } = await product.open('/home', 'Home');
    await page.goto(`${product.server.url}/o/00000000-0000-4000-8000-000000000000/logs`);
    await page.getByRole('heading', { name: 'You do not belong to this organization' }).waitFor();
    await page.getByRole('button', { name: /^Open / }).click();
    await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor();
  });
});

describe('joining', () => {
  const grace = {
    get email() {
      return `grace@${product.server.domain}`;
    },
    name: 'Grace',
    password: 'compilers dream in words',
  };

  async function asAdmin(path: string, body: object): Promise<Record<string, unknown>> {
    const post = async (to: string, what: object, headers = {}) => {
      const answer = await fetch(`${product.server.url}${to}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(what),
      });
      return answer.json();
    };
    const { accessToken } = await post('/auth/login', product.owner);
    return post(path, body, { authorization: `Bearer ${accessToken}` });
  }

  function pathOf(link: unknown): string {
    const { pathname, hash } = new URL(String(link));
    return `${product.server.url}${pathname}${hash}`;
  }

  it('makes an account and an organization, with what the server refuses beside its field', async () => {
    const { page, problems } = await openPage(product.browser, { theme: 'light', width: 390 });
    await page.goto(product.server.url);
    await page.getByRole('link', { name: 'Create an organization' }).click();
    await page.getByLabel('Organization').waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByLabel('Organization').getAttribute('aria-invalid')).toBe('true');
    await page.getByLabel('Organization').fill('Grace Works');
    await page.getByLabel('Your name').fill(grace.name);
    await page.getByLabel('E-mail').fill(grace.email);
    const field = page.getByLabel('Password', { exact: true });
    await field.fill('password123');
    await page.keyboard.press('Enter');
    await page.getByText('This is among the passwords that are tried first').waitFor();
    await expect.poll(() => field.evaluate((input) => input === document.activeElement)).toBe(true);
    expect(await barriers(page)).toEqual([]);
    await field.fill(grace.password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor();
    expect(problems).toEqual(['400 /auth/register']);
  });

  it('accepts an invitation with a new account; the link then says that it is used', async () => {
    const { invitationUrl } = await asAdmin('/users', {
      email: `new@${product.server.domain}`,
      name: 'New',
      role: 'member',
    });
    const { page } = await openPage(product.browser);
    await page.goto(pathOf(invitationUrl));
    await page.getByLabel('Your name').waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.getByLabel('Password', { exact: true }).fill('a quiet row of trees');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor();
    await page.goto(pathOf(invitationUrl));
    await page.getByRole('heading', { name: 'This invitation cannot be used' }).waitFor();
  });

  it('accepts an invitation as a person with an account, who signs in on the way', async () => {
    const { invitationUrl } = await asAdmin('/users', { ...grace, password: undefined, role: 'viewer' });
    const { page, problems } = await product.open('/home', 'Home');
    await page.goto(pathOf(invitationUrl));
    await page.getByRole('button', { name: 'Sign out and go on' }).click();
    await page.getByRole('link', { name: 'Sign in to join' }).click();
    await fillSignIn(page, grace);
    await page.getByRole('button', { name: /^Join / }).click();
    await page.getByText(/^You have joined /).waitFor();
    await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor();
    expect(problems).toEqual([]);
  });

  it('sets a new password with a link, once', async () => {
    const { id } = await asAdmin('/users', {
      email: `forgetful@${product.server.domain}`,
      name: 'Forgetful',
      role: 'viewer',
      password: 'this will be forgotten',
    });
    const { url } = await asAdmin(`/users/${id}/password-reset`, {});
    const { page, problems } = await openPage(product.browser);
    await page.goto(pathOf(url));
    await page.getByLabel('New password').fill('remembered this time');
    await expect.poll(() => page.url()).not.toContain('token');
    await page.keyboard.press('Enter');
    await page.getByText('Your new password is set.').waitFor();
    await fillSignIn(page, { email: `forgetful@${product.server.domain}`, password: 'remembered this time' });
    await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor();
    expect(problems).toEqual([]);
    await page.goto(pathOf(url));
    await page.getByLabel('New password').fill('remembered another time');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'This link cannot be used' }).waitFor();
  });
});

describe('the theme', () => {
  it('is there before the application is', async () => {
    const { page } = await openPage(product.browser, { theme: 'dark' });
    await page.addInitScript(() => localStorage.setItem('aegis.theme', 'light'));
    await page.route('**/assets/index-*.js', (route) => route.abort());
    await page.goto(product.server.url);
    await expect.poll(() => page.evaluate(() => document.documentElement.dataset.theme)).toBe('light');
  });

  it('is chosen in the user menu and remembered', async () => {
    const { page, problems } = await product.open('/home', 'Home', { theme: 'dark' });
    const theme = (): Promise<string | undefined> => page.evaluate(() => document.documentElement.dataset.theme);
    await expect.poll(() => theme()).toBe('dark');
    await page.getByRole('button', { name: 'User menu' }).click();
    await page.getByRole('menuitemradio', { name: 'Light' }).click();
    await expect.poll(() => theme()).toBe('light');
    await page.reload();
    await expect.poll(() => theme()).toBe('light');
    await page.getByRole('button', { name: 'User menu' }).click();
    await page.getByRole('menuitemradio', { name: 'System' }).click();
    await expect.poll(() => theme()).toBe('dark');
    expect(problems).toEqual([]);
  });
});
