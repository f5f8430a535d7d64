import { ALL_ROUTES } from '@aegisguard/model';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { copiedBy } from '../../testing/copied-by.ts';
import { barriers, openPage } from '../../testing/open-page.ts';
import { runProduct } from '../../testing/run-product.ts';

const product = runProduct();

const guide = (page: Page, title: string): Promise<void> =>
  page.getByRole('heading', { name: title, level: 1 }).waitFor();

/** Waits until the heading has been scrolled to, below the page's own header. */
async function isInSight(page: Page, heading: string): Promise<void> {
  const shown = page.getByRole('heading', { name: heading, level: 2 });
  await expect
    .poll(() =>
      shown.evaluate((element) => {
        const { top } = element.getBoundingClientRect();
        return top > 0 && top < innerHeight / 2;
      }),
    )
    .toBe(true);
}

it('shows guides and leads through them: by the navigation, a link, a search, the contents, and to the next', async () => {
  const { page, problems } = await product.open('/logs', 'Logs');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Docs' }).click();
  await guide(page, 'Getting started');
  expect(await barriers(page)).toEqual([]);
  expect(await copiedBy(page.getByRole('button', { name: 'Copy code' }).first())).toBe('npm start');

  await page.getByRole('article').getByRole('link', { name: 'Sending data' }).first().click();
  await guide(page, 'Sending data');
  await page.getByRole('navigation', { name: 'On this page' }).getByRole('link', { name: 'Retries' }).click();
  await isInSight(page, 'Retries');
  await expect.poll(() => new URL(page.url()).hash).toBe('#retries');

  await page.getByRole('searchbox', { name: 'Search the documentation' }).fill('sign secret');
  await page.getByRole('link', { name: 'Change the signing secret' }).click();
  await guide(page, 'Operating');
  await isInSight(page, 'Change the signing secret');
  await page.reload();
  await isInSight(page, 'Change the signing secret');

  await page.getByRole('link', { name: /^Next/ }).click();
  await guide(page, 'API conventions');
  await expect.poll(() => page.title()).toBe('API conventions · AegisGuard');
  await page.goBack();
  await guide(page, 'Operating');
  expect(problems).toEqual([]);
});

it('has no barriers on a narrow screen, dark and light, and nothing of it is cut off', async () => {
  const { page, problems } = await product.open('/docs/sending-data', 'Sending data', { width: 390 });
  const overflow = () =>
    page.evaluate(() =>
      Math.max(
        ...[...document.querySelectorAll('article, article *')].map((each) => each.getBoundingClientRect().right),
      ),
    );
  await expect.poll(() => overflow()).toBeLessThanOrEqual(390);
  expect(await barriers(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.locator('html[data-theme=light]').waitFor();
  await page.getByRole('button', { name: 'Guides and search' }).click();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('navigation', { name: 'Guides' }).getByRole('link', { name: 'Privacy' }).click();
  await guide(page, 'Privacy');
  expect(problems).toEqual([]);
});

it('serves the OpenAPI document of the API, and nothing to who has it already', async () => {
  const url = `${product.server.url}/openapi.json`;
  const answer = await fetch(url);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toContain('application/json');
  const { openapi, paths } = (await answer.json()) as { openapi: string; paths: Record<string, object> };
  expect(openapi).toBe('3.1.1');
  const operations = Object.values(paths).flatMap((item) => Object.keys(item));
  expect(operations).toHaveLength(ALL_ROUTES.length);
  const again = await fetch(url, { headers: { 'if-none-match': answer.headers.get('etag') ?? '' } });
  expect([again.status, await again.text()]).toEqual([304, '']);
});

it('shows it in Swagger UI under a policy that lets no inline script run', async () => {
  const { page, problems } = await openPage(product.browser);
  const answer = await page.goto(`${product.server.url}/docs`);
  const policy = answer?.headers()['content-security-policy'] ?? '';
  expect(policy).toMatch(/(?:^|; )script-src 'self'(?:;|$)/);
  await page.getByRole('heading', { name: 'AegisGuard' }).waitFor({ timeout: 60_000 });
  await page.getByText('Every mutation, in a chain of hashes.').click();
  await page.getByText('/audit/verify').click();
  await page.getByText('Needs the permission audit:read').waitFor();
  expect(problems).toEqual([]);
  const elsewhere = await fetch(product.server.url);
  expect(elsewhere.headers.get('content-security-policy')).not.toContain('unsafe-inline');
});
