import { createApiKey, sendLogs, signIn } from '@aegisguard/testkit';
import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { copiedBy } from '../../testing/copied-by.ts';
import { barriers, type OpenPage, type Sight } from '../../testing/open-page.ts';
import { runProduct } from '../../testing/run-product.ts';

const product = runProduct();

async function openKeys(sight: Sight = {}): Promise<OpenPage> {
  const opened = await product.open('/settings/api-keys', 'API keys', sight);
  await opened.page.getByText('Default key').waitFor();
  return opened;
}

const row = (page: Page, name: string): Locator =>
  page.getByRole('table', { name: 'API keys' }).getByRole('row', { name });

async function choose(page: Page, name: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: action }).click();
}

/** A part of the secret that is shown, as its copy button gives it; then the box is closed. */
async function takeSecret(page: Page, part: string): Promise<string> {
  const box = page.getByRole('alertdialog');
  const text = await copiedBy(box.getByRole('button', { name: `Copy: ${part}` }));
  expect(await barriers(page)).toEqual([]);
  await box.getByLabel('I have kept it').check();
  await box.getByRole('button', { name: 'Done' }).click();
  return text;
}

const LOG = [{ service: 'checkout', message: 'hello' }];

it('a key is made, sends, is renamed, rotated and revoked', async () => {
  const { page, problems } = await openKeys();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('button', { name: 'Make a key' }).click();
  await page.getByRole('button', { name: 'Make the key' }).click();
  await page.getByText('Enter a name.').waitFor();
  await page.getByRole('textbox', { name: 'Name' }).fill('Checkout');
  await page.getByLabel('Everything').uncheck();
  await page.getByRole('button', { name: 'Make the key' }).click();
  await page.getByText('Choose what it may send.').waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.getByLabel('Logs', { exact: true }).check();
  await page.getByRole('combobox', { name: 'It is good' }).selectOption('90');
  await page.keyboard.press('Enter');

  // The command of the box is ready to be run.
  await page.getByText('now and never again').waitFor();
  await expect
    .poll(() => page.getByRole('alertdialog').getByText(`curl -sS '${product.server.url}/v1/logs'`).count())
    .toBe(1);
  const orgSecret = await takeSecret(page, 'Secret');
  await row(page, 'Checkout')
    .getByText(/^ends in [23] months/)
    .waitFor();
  const orgKey = (await row(page, 'Checkout').locator('code').textContent()) ?? '';
  const send = (secret: string) => sendLogs(product.server.url, { orgKey, orgSecret: secret }, LOG);
  expect((await send(orgSecret)).status).toBe(202);

  await choose(page, 'Checkout', 'Rename…');
  await page.getByRole('textbox', { name: 'Name' }).fill('Checkout, production');
  await page.keyboard.press('Enter');
  await page.getByText('The key is called “Checkout, production” now.').waitFor();

  await choose(page, 'Checkout, production', 'Rotate…');
  await page.getByLabel('Not at all').check();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('button', { name: 'Rotate', exact: true }).click();
  const rotated = await takeSecret(page, 'Secret');
  expect(rotated).not.toBe(orgSecret);
  expect((await send(rotated)).status).toBe(202);

  await choose(page, 'Checkout, production', 'Revoke…');
  await page.getByText('Whatever sends with it stops within five seconds').waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('button', { name: 'Revoke', exact: true }).click();
  await page.getByText('The key “Checkout, production” is revoked.').waitFor();
  await expect.poll(() => row(page, 'Checkout, production').count()).toBe(0);
  await expect.poll(async () => (await send(rotated)).status).toBe(401);
  await page.getByRole('combobox', { name: 'State' }).selectOption('revoked');
  await row(page, 'Checkout, production').getByText('Revoked').waitFor();
  await expect.poll(() => new URL(page.url()).searchParams.get('state')).toBe('revoked');
  expect(problems).toEqual([]);
});

it('a browser key needs the origins of its pages, and has no secret', async () => {
  const { page, problems } = await openKeys();
  await page.getByRole('button', { name: 'Make a key' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Shop');
  await page.getByRole('radio', { name: /^Browser/ }).check();
  await page.getByRole('button', { name: 'Make the key' }).click();
  await page.getByText('An origin such as').waitFor();
  await page.getByLabel('Origins of your pages').fill('shop.example');
  await page.getByText('“shop.example” is not an origin.').waitFor();
  await page.getByLabel('Origins of your pages').fill('https://shop.example/\nhttps://*.shop.example');
  await page.getByRole('button', { name: 'Make the key' }).click();
  await page.getByText('The key “Shop” is made.').waitFor();
  await row(page, 'Shop').getByText('from https://shop.example, https://*.shop.example').waitFor();
  await page.getByRole('combobox', { name: 'Kind' }).selectOption('query');
  await page.getByText('No key under this filter').waitFor();
  expect(problems).toEqual([]);
});

it('who may not change keys reads them, and a narrow, light screen has no barriers', async () => {
  await createApiKey(product.server, 'token', { name: 'Collector', scopes: ['logs:write', 'traces:write'] });
  const owner = await signIn(product.server.url, product.server.adminEmail, product.server.adminPassword);
  const member = { email: `mara@${product.server.domain}`, password: 'a long enough pass phrase' };
  expect((await owner.post('/users', { ...member, name: 'Mara', role: 'member' })).status).toBe(201);
  const { page, problems } = await product.open(
    '/settings/api-keys',
    'API keys',
    { theme: 'light', width: 390 },
    member,
  );
  await page.getByRole('list', { name: 'API keys' }).getByText('Collector').waitFor();
  await expect.poll(() => page.getByRole('button', { name: 'Make a key' }).count()).toBe(0);
  await expect.poll(() => page.getByRole('button', { name: /^Actions/ }).count()).toBe(0);
  expect(await barriers(page)).toEqual([]);
  expect(problems).toEqual([]);
});
