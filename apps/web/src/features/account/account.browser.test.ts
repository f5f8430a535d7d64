import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { oneTimeCode } from '../../testing/one-time-code.ts';
import { barriers, fillSignIn, type OpenPage, openPage, type Sight } from '../../testing/open-page.ts';
import { addPasskeyDevice } from '../../testing/passkey-device.ts';
import { runProduct } from '../../testing/run-product.ts';

// One story of one person who has registered: each part goes on where the one before ended.

const product = runProduct();
const PERSON = {
  get email() {
    return `ada@${product.server.domain}`;
  },
  password: 'engines weave algebra',
  name: 'Ada Lovelace',
};
const STEP_MS = 30_000;

/** Passkeys need a host name. */
let url: string;
let secret = '';
let recoveryCodes: readonly string[] = [];
/** Of the code that was used last: each works once. */
let usedAtMs = 0;

/** A code that was not used: of this step or, after one was taken, of the next, which the server takes, too. */
function nextCode(): string {
  usedAtMs = Math.max(Date.now(), usedAtMs + STEP_MS);
  return oneTimeCode(secret, usedAtMs);
}

beforeAll(async () => {
  url = product.server.url.replace('127.0.0.1', 'localhost');
  const registration = { ...PERSON, organizationName: 'Analytical Engines' };
  expect(await ask('POST', '/auth/register', undefined, registration)).toMatchObject({ status: 201 });
});

async function ask(
  method: string,
  path: string,
  token: string | undefined,
  body: object,
): Promise<{ readonly status: number; readonly answer: Record<string, unknown> }> {
  const response = await fetch(`${product.server.url}${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
  return { status: response.status, answer: await response.json() };
}

async function ownerToken(): Promise<string> {
  const { email, password } = PERSON;
  const { answer } = await ask('POST', '/auth/login', undefined, { email, password });
  const body = { mfaToken: answer.mfaToken, code: recoveryCodes.at(-1) };
  return String((await ask('POST', '/auth/mfa/verify', undefined, body)).answer.accessToken);
}

async function openAccount(section: string, sight: Sight = {}): Promise<OpenPage> {
  const opened = await openPage(product.browser, sight);
  await opened.page.goto(`${url}/login?next=/account/${section}`);
  await fillSignIn(opened.page, PERSON);
  if (secret !== '') {
    await opened.page.getByLabel('One-time code').waitFor();
    await opened.page.getByRole('button', { name: 'Use a recovery code' }).click();
    const [code = '', ...rest] = recoveryCodes;
    recoveryCodes = rest;
    await opened.page.getByLabel('Recovery code').fill(code);
    await opened.page.keyboard.press('Enter');
  }
  await opened.page.waitForURL(`${url}/account/${section}`);
  return opened;
}

async function signOut(page: Page): Promise<void> {
  const told = page.waitForResponse('**/auth/logout');
  await page.getByRole('button', { name: 'User menu' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await told;
}

async function keepCodes(page: Page): Promise<void> {
  const dialog = page
    .getByRole('dialog', { name: 'Keep your recovery codes' })
    .or(page.getByRole('alertdialog', { name: 'Keep your recovery codes' }));
  recoveryCodes = ((await dialog.locator('pre').textContent()) ?? '').trim().split(/\s+/);
  expect(recoveryCodes).toHaveLength(10);
  expect(await barriers(page)).toEqual([]);
  await dialog.getByLabel('I have kept it in a safe place').check();
  await dialog.getByRole('button', { name: 'Done' }).click();
}

describe('the account', () => {
  it('changes a name', async () => {
    const { page, problems } = await openAccount('profile');
    const name = page.getByLabel('Name', { exact: true });
    await name.fill('   ');
    await page.keyboard.press('Enter');
    await expect.poll(() => name.getAttribute('aria-invalid')).toBe('true');
    await name.fill('Countess Lovelace');
    await page.keyboard.press('Enter');
    await page.getByText('Your name is changed.').waitFor();
    await page.reload();
    await expect.poll(() => name.inputValue()).toBe('Countess Lovelace');
    expect(problems).toEqual([]);
  });

  it('signs another session out, which then leads back to signing in', async () => {
    const { page, problems } = await openAccount('sessions');
    const { page: other } = await openAccount('profile');
    await page.reload();
    await page.getByText('This session').waitFor();
    await page.getByRole('button', { name: 'Sign out all others' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Sign out all others' }).click();
    await page.getByText('All your other sessions are signed out.').waitFor();
    await expect.poll(() => page.getByRole('button', { name: /^Actions for/ }).count()).toBe(1);
    await other.getByRole('link', { name: 'Sessions' }).click();
    await other.getByText('Your session has ended.').waitFor();
    expect(problems).toEqual([]);
    await fillSignIn(other, PERSON);
    await other.waitForURL(`${url}/account/sessions`);
  });
});

describe('one-time codes', () => {
  it('are set up with a QR code or the secret, and recovery codes are kept', async () => {
    const { page, problems } = await openAccount('security');
    await page.getByRole('button', { name: 'Set up' }).click();
    await page.getByLabel('Your password').fill('wrong');
    await page.keyboard.press('Enter');
    await page.getByText('This is not your password.').waitFor();
    expect(problems).toEqual(['401 /auth/mfa/setup']);
    await page.getByLabel('Your password').fill(PERSON.password);
    await page.keyboard.press('Enter');
    await page.getByRole('img', { name: 'QR code of the secret' }).waitFor();
    expect(await barriers(page)).toEqual([]);
    secret = ((await page.getByRole('dialog').locator('code').textContent()) ?? '').replaceAll(' ', '');
    await page.getByLabel('Code', { exact: true }).fill('000000');
    await page.keyboard.press('Enter');
    await page.getByText('This is not the code of this moment.').waitFor();
    await page.getByLabel('Code', { exact: true }).fill(nextCode());
    await page.keyboard.press('Enter');
    await keepCodes(page);
    await page.getByText('10 left').waitFor();
    expect(problems).toEqual(['401 /auth/mfa/setup', '401 /auth/mfa/verify']);
  });

  it('are asked for when one signs in; the second one by a recovery code', async () => {
    const { page, problems } = await openPage(product.browser);
    await page.goto(`${url}/login?next=/account/security`);
    await fillSignIn(page, PERSON);
    const code = page.getByLabel('One-time code');
    await code.waitFor();
    await expect.poll(() => code.getAttribute('autocomplete')).toBe('one-time-code');
    expect(await barriers(page)).toEqual([]);
    await code.fill('123456');
    await page.keyboard.press('Enter');
    await page.getByText('This code is wrong, or was used before.').waitFor();
    await expect.poll(() => code.evaluate((field) => field === document.activeElement)).toBe(true);
    await code.fill(nextCode());
    await page.keyboard.press('Enter');
    await page.waitForURL(`${url}/account/security`);
    expect(problems).toEqual(['401 /auth/mfa/verify']);
  });
});

describe('passkeys', () => {
  it('are added, used instead of the password and as second step, renamed and removed', async () => {
    const { page, problems } = await openAccount('security');
    const device = await addPasskeyDevice(page);
    await device.present(true);
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Laptop');
    await page.getByLabel('Your password').fill(PERSON.password);
    await page.keyboard.press('Enter');
    await page.getByText('The passkey “Laptop” is added.').waitFor();

    // Instead of the password, by the button.
    await device.present(false);
    await signOut(page);
    // Chromium confirms only what is asked once somebody is there: what the field offers already goes on waiting.
    await device.offered();
    await device.present(true);
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();

    // Instead of the password, out of the e-mail field.
    const signedIn = page.waitForResponse('**/auth/passkeys/login');
    await signOut(page);
    await signedIn;
    await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();

    // What the field offers comes late, and ends nothing that the button has begun.
    await device.present(false);
    const options = '**/auth/passkeys/login/options';
    const late = Promise.withResolvers<void>();
    const waiting = page.waitForRequest(options);
    await page.route(options, async (route) => {
      await (route.request() === (await waiting) ? late.promise : undefined);
      await route.continue();
    });
    await signOut(page);
    await waiting;
    const begun = page.waitForResponse(options);
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await begun;
    const offers = await device.offers();
    const answered = page.waitForResponse(options);
    late.resolve();
    await (await answered).finished();
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(drawn)));
    expect(await device.offers()).toBe(offers);
    await page.unroute(options);
    await page.goto(`${url}/login`);
    await device.offered();
    await device.present(true);
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();

    // As the second step.
    await device.present(false);
    await signOut(page);
    await page.goto(`${url}/login?next=/account/security`);
    await fillSignIn(page, PERSON);
    await page.getByLabel('One-time code').waitFor();
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await device.present(true);
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await page.waitForURL(`${url}/account/security`);

    await page.getByRole('button', { name: 'Actions for Laptop' }).click();
    await page.getByRole('menuitem', { name: 'Rename' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Old laptop');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Actions for Old laptop' }).click();
    await page.getByRole('menuitem', { name: 'Remove' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('heading', { name: 'No passkeys yet' }).waitFor();
    // What a page asked while one signed out may have been refused.
    expect(problems.filter((problem) => !/^401 \/(?!auth\/)/.test(problem))).toEqual([]);
  });
});

describe('the pages of the account', () => {
  it.each([
    ['dark', 1440],
    ['light', 390],
  ] as const)('have no barriers, %s, %i pixels wide', async (theme, width) => {
    const { page, problems } = await openAccount('profile', { theme, width });
    for (const section of ['profile', 'security', 'sessions']) {
      await page.goto(`${url}/account/${section}`);
      await page.getByRole('heading', { level: 2 }).first().waitFor();
      expect(await barriers(page)).toEqual([]);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
    }
    expect(problems).toEqual([]);
  });
});

describe('an organization that demands a second factor', () => {
  const bob = {
    get email() {
      return `bob@${product.server.domain}`;
    },
    name: 'Bob',
    role: 'viewer',
    password: 'quiet harbour lantern',
  };

  it('shows a person without one the way to it, and everything again when it is there', async () => {
    const owner = await ownerToken();
    expect(await ask('POST', '/users', owner, bob)).toMatchObject({ status: 201 });
    const { page, problems } = await openPage(product.browser);
    await page.goto(`${url}/login`);
    await fillSignIn(page, bob);
    await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
    expect(await ask('PATCH', '/organization', owner, { mfaRequired: true })).toMatchObject({ status: 200 });
    await page.reload();
    await page.getByRole('heading', { name: 'Analytical Engines demands a second factor' }).waitFor();
    expect(await barriers(page)).toEqual([]);
    const refused = problems.length;
    await (await addPasskeyDevice(page)).present(true);
    await page.getByRole('link', { name: 'Set up a second factor' }).click();
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Phone');
    await page.getByLabel('Your password').fill(bob.password);
    await page.keyboard.press('Enter');
    await keepCodes(page);
    await page.goto(url);
    await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
    expect(problems.slice(refused)).toEqual([]);
  });
});
