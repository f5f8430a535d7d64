import { createApiKey, sendLogs } from '@aegisguard/testkit';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { barriers, type OpenPage, type Sight } from '../../testing/open-page.ts';
import { runProduct } from '../../testing/run-product.ts';

const product = runProduct();

const openSendData = (search = '', sight: Sight = {}): Promise<OpenPage> =>
  product.open(`/send-data${search}`, 'Send data', sight);

/** The text of a snippet, as the copy button gives it. */
async function copied(page: Page, title: string): Promise<string> {
  await page.getByRole('button', { name: `Copy: ${title}` }).click();
  await page.getByRole('button', { name: 'Copied' }).waitFor();
  return page.evaluate(() => navigator.clipboard.readText());
}

it('makes a key, puts it into the command, and notices the first record, and then a refusal', async () => {
  const { page, problems } = await openSendData('?via=curl');
  await page.getByRole('button', { name: 'Create a key for this' }).click();
  await page.getByText('now and never again').waitFor();
  await page.getByText('Waiting for the first record').waitFor();
  const command = await copied(page, 'A log');
  const orgKey = /^KEY='(.+)'$/m.exec(command)?.[1] ?? '';
  const orgSecret = /^SECRET='(.+)'$/m.exec(command)?.[1] ?? '';
  expect(command).toContain(`'${product.server.url}/v1/logs'`);
  expect(new URL(page.url()).searchParams.get('key')).toBe(orgKey);
  expect(page.url()).not.toContain(orgSecret);

  const signer = { orgKey, orgSecret };
  expect((await sendLogs(product.server.url, signer, [{ service: 'hello', message: 'my first log' }])).status).toBe(
    202,
  );
  await page.getByText('It arrives:').waitFor();
  await page.getByText(/^It arrives: 1 logs/).waitFor();
  const old = { service: 'hello', message: 'old', timestamp: '2001-01-01T00:00:00Z' };
  expect((await sendLogs(product.server.url, signer, [old])).status).toBe(400);
  await page.getByText('too-old').waitFor();
  expect(await barriers(page)).toEqual([]);
  expect(problems).toEqual([]);
});

it('uses an existing key with a placeholder for its secret, and forgets secrets with the page', async () => {
  const { id } = await createApiKey(product.server, 'token', { name: 'Production' });
  const { page, problems } = await openSendData('?via=prometheus');
  await page.getByLabel('or use').selectOption('Production');
  await page.getByText('The secret of “Production” was shown when it was made').waitFor();
  expect(await copied(page, 'prometheus.yml')).toContain(`url: ${product.server.url}/api/v1/write`);
  expect(await page.getByText('credentials: "<token>"').count()).toBe(1);
  expect(new URL(page.url()).searchParams.get('key')).toBe(id);
  // A signed key cannot be a bearer token, so it is not offered here.
  expect(await page.getByLabel('or use').getByRole('option', { name: 'Own code, curl' }).count()).toBe(0);
  expect(problems).toEqual([]);
});

it.each([
  ['dark', 1440],
  ['light', 390],
] as const)('has no barriers with any way, %s, %d wide', async (theme, width) => {
  const { page, problems } = await openSendData('', { theme, width });
  const ways = page.getByRole('navigation', { name: 'Ways to send data' }).getByRole('link');
  for (const way of await ways.all()) {
    await way.click();
    await page.getByRole('heading', { level: 2, name: (await way.textContent()) ?? '' }).waitFor();
    expect(await barriers(page)).toEqual([]);
  }
  expect(await ways.count()).toBeGreaterThan(8);
  expect(problems).toEqual([]);
});

it('a browser key needs the origin of its pages', async () => {
  const { page, problems } = await openSendData('?via=browser');
  await page.getByRole('button', { name: 'Create a key for this' }).click();
  await page.getByText('is needed').waitFor();
  await page.getByLabel('Origin of your pages').fill('https://shop.example.com');
  await page.keyboard.press('Enter');
  await page.getByText('Waiting for the first record').waitFor();
  const key = new URL(page.url()).searchParams.get('key') ?? '';
  expect(await copied(page, 'In the page')).toContain(`/v1/rum?key=${key}`);
  expect(problems).toEqual([]);
});
