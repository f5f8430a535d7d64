import { ALL_ROUTES } from '@aegisguard/model';
import { expect, it } from 'vitest';
import { openPage } from '../testing/open-page.ts';
import { runProduct } from '../testing/run-product.ts';

// What the server says of its API, as a program and as a person get it.

const product = runProduct();

it('serves the OpenAPI document, and nothing to who has it already', async () => {
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
  await page.getByRole('heading', { name: 'AegisGuard' }).waitFor();
  await page.getByText('Every mutation, in a chain of hashes.').click();
  await page.getByText('/audit/verify').click();
  await page.getByText('Needs the permission audit:read').waitFor();
  expect(problems).toEqual([]);
  const elsewhere = await fetch(product.server.url);
  expect(elsewhere.headers.get('content-security-policy')).not.toContain('unsafe-inline');
});
