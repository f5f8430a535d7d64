import { createApiKey, sendLogs } from '@aegisguard/testkit';
import { expect, it } from 'vitest';
import { barriers, type OpenPage, type Sight } from '../../testing/open-page.ts';
import { runProduct } from '../../testing/run-product.ts';

const product = runProduct();

const openIngestion = (search = '', sight: Sight = {}): Promise<OpenPage> =>
  product.open(`/ingestion${search}`, 'Ingestion', sight);

it('an organization without data is told how to send some', async () => {
  const { page, problems } = await openIngestion();
  await page.getByRole('heading', { name: 'Nothing came in this time range' }).waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('link', { name: 'How to send data' }).click();
  await page.getByRole('heading', { name: 'Send data', level: 1 }).waitFor();
  expect(problems).toEqual([]);
});

it('shows who sends what, and what was dropped and why', async () => {
  const { key, secret } = await createApiKey(product.server, 'signed', { name: 'Checkout' });
  const good = { service: 'checkout', message: 'fine' };
  const old = { ...good, timestamp: '2001-01-01T00:00:00Z' };
  const own = { orgKey: key, orgSecret: secret };
  expect((await sendLogs(product.server.url, own, [good, good, old])).status).toBe(202);
  expect((await sendLogs(product.server.url, product.server, [good])).status).toBe(202);

  const { page, problems } = await openIngestion('?refresh=5', { theme: 'dark' });
  const table = page.getByRole('table', { name: 'Keys and protocols' });
  await table.getByRole('row', { name: /Checkout logs JSON .* 2 .* 1 / }).waitFor({ timeout: 60_000 });
  const dropped = page.getByRole('region', { name: 'What was dropped and why' });
  await dropped.getByText('too-old').waitFor();
  await dropped.getByText('1 record', { exact: true }).waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('slider', { name: /^Records over time/ }).press('End');
  await table.getByRole('button', { name: 'Checkout' }).click();
  await page.getByText('Only what came with the key').waitFor();
  await expect.poll(() => new URL(page.url()).searchParams.get('key')).toBe(key);
  await expect.poll(() => table.locator('tbody tr').count()).toBe(1);
  await page.getByRole('button', { name: /^traces/ }).click();
  await page.getByText('Nothing under this filter').waitFor();
  await page.goBack();
  await table.getByRole('button', { name: 'Checkout' }).waitFor();
  expect(problems).toEqual([]);
});

it('has no barriers on a narrow, light screen', async () => {
  const { page, problems } = await openIngestion('', { theme: 'light', width: 390 });
  await page.getByRole('table', { name: 'Keys and protocols' }).waitFor();
  expect(await barriers(page)).toEqual([]);
  expect(problems).toEqual([]);
});
