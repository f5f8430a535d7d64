import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApiKey, sendLogs } from '@aegisguard/testkit';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { copiedBy } from '../../testing/copied-by.ts';
import { barriers, type OpenPage, openPage, type Sight } from '../../testing/open-page.ts';
import { runProduct } from '../../testing/run-product.ts';

const product = runProduct();

const openSendData = (search = '', sight: Sight = {}): Promise<OpenPage> =>
  product.open(`/send-data${search}`, 'Send data', sight);

/** The text of a snippet, as the copy button gives it. */
const copied = (page: Page, title: string): Promise<string> =>
  copiedBy(page.getByRole('button', { name: `Copy: ${title}` }));

it('makes a key, puts it into the command, and notices the first record, and then a refusal', async () => {
  const { page, problems } = await openSendData('?via=curl');
  await page.getByRole('button', { name: 'Create a key for this' }).click();
  await page.getByText('now and never again').waitFor();
  await page.getByText('Waiting for the first record').waitFor();
  const command = await copied(page, 'A log');
  const orgKey = /^KEY='(.+)'$/m.exec(command)?.[1] ?? '';
  const orgSecret = /^SECRET='(.+)'$/m.exec(command)?.[1] ?? '';
  expect(command).toContain(`'${product.server.url}/v1/logs'`);
  await expect.poll(() => new URL(page.url()).searchParams.get('key')).toBe(orgKey);
  expect(page.url()).not.toContain(orgSecret);

  const signer = { orgKey, orgSecret };
  expect((await sendLogs(product.server.url, signer, [{ service: 'hello', message: 'my first log' }])).status).toBe(
    202,
  );
  await page.getByText('It arrives:').waitFor();
  await page.getByText(/^It arrives: 1 log in/).waitFor();
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
  expect(await copied(page, 'prometheus.yml, any version')).toContain(`url: ${product.server.url}/api/v1/write`);
  await expect.poll(() => page.getByText('credentials: "<token>"').count()).toBe(2);
  await expect.poll(() => new URL(page.url()).searchParams.get('key')).toBe(id);
  // A signed key cannot be a bearer token, so it is not offered here.
  await expect.poll(() => page.getByLabel('or use').getByRole('option', { name: 'Own code, curl' }).count()).toBe(0);
  expect(problems).toEqual([]);
});

it.each([
  ['dark', 1440],
  ['light', 390],
] as const)('has no barriers with any way, %s, %d wide', async (theme, width) => {
  const { page, problems } = await openSendData('', { theme, width });
  const ways = page.getByRole('navigation', { name: 'Ways to send data' }).getByRole('link');
  await expect.poll(() => ways.count()).toBeGreaterThan(8);
  for (const way of await ways.all()) {
    await way.click();
    await page.getByRole('heading', { level: 2, name: (await way.textContent()) ?? '' }).waitFor();
    expect(await barriers(page)).toEqual([]);
  }
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

/** A site of somebody else with this in its only page: served as `localhost`, which is another origin than 127.0.0.1. */
async function serveSite(html: () => string): Promise<{ readonly port: number; close(): Promise<void> }> {
  const site = createServer((_, answer) => void answer.setHeader('content-type', 'text/html').end(html()));
  site.listen(0, '127.0.0.1');
  await once(site, 'listening');
  const { port } = site.address() as AddressInfo;
  return {
    port,
    close: async () => {
      site.closeAllConnections();
      site.close();
      await once(site, 'close');
    },
  };
}

it('the browser snippet reports from the allowed origin, and it is said when it comes from another', async () => {
  const { page, problems } = await openSendData('?via=browser');
  let snippet = '';
  const site = await serveSite(() => `<!doctype html><title>Shop</title><h1>Shop</h1>${snippet}`);
  try {
    await page.getByLabel('Origin of your pages').fill(`http://localhost:${site.port}/`);
    await page.getByRole('button', { name: 'Create a key for this' }).click();
    await page.getByText(`Pages of http://localhost:${site.port} may use this key`).waitFor();
    await page.getByText('Nothing after a minute').waitFor();
    snippet = await copied(page, 'In the page');

    const visitor = await openPage(product.browser);
    const reported = (status: number) =>
      visitor.page.waitForResponse((answer) => answer.url().includes('/v1/rum') && answer.status() === status);
    await Promise.all([reported(202), visitor.page.goto(`http://localhost:${site.port}/`)]);
    await page.getByText(/^It arrives: 1 RUM event in/).waitFor();
    // Leaving the page tells its largest paint.
    await Promise.all([reported(403), visitor.page.goto(`http://127.0.0.1:${site.port}/`)]);
    await page.getByText('forbidden').first().waitFor();
    await page.getByText(/2 RUM events in/).waitFor();
    expect(visitor.problems.filter((each) => each !== '403 /v1/rum' && !each.endsWith('/favicon.ico'))).toEqual([]);
  } finally {
    await site.close();
  }
  expect(problems).toEqual([]);
});

it('says before any refusal what an existing key may not write', async () => {
  const { id } = await createApiKey(product.server, 'token', { name: 'Metrics only', scopes: ['metrics:write'] });
  const { page, problems } = await openSendData(`?key=${id}`, { width: 390, theme: 'light' });
  await page.getByText('This key may not write logs and traces').waitFor();
  expect(await copied(page, 'Environment')).toContain('authorization=Bearer%20<token>"');
  expect(await barriers(page)).toEqual([]);
  expect(problems).toEqual([]);
});

it('is used with the keyboard alone, and what happens stays in sight', async () => {
  const { page, problems } = await openSendData('?via=curl', { height: 600 });
  await page.getByRole('link', { name: 'Own code, curl' }).focus();
  await page.keyboard.press('Tab');
  const create = page.getByRole('button', { name: 'Create a key for this' });
  await expect.poll(() => create.evaluate((button) => button.matches(':focus-visible'))).toBe(true);
  await page.keyboard.press('Enter');
  const status = page.getByText('Waiting for the first record');
  await status.waitFor();
  const copy = page.getByRole('button', { name: 'Copy: A span' });
  await copiedBy(copy, () => copy.press('Enter'));
  const box = await status.boundingBox();
  expect(box === null ? Number.NaN : box.y).toBeGreaterThan(0);
  expect(box === null ? Number.NaN : box.y).toBeLessThan(600);
  expect(problems).toEqual([]);
});
