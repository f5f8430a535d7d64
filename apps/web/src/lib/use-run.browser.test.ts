import { signIn } from '@aegisguard/testkit';
import type { Route } from 'playwright-core';
import { expect, it } from 'vitest';
import { openPage, openSignedIn } from '../testing/open-page.ts';
import { runProduct } from '../testing/run-product.ts';

const product = runProduct();

/** A dashboard of one panel, whose question is another one every 15 s. */
async function makeDashboard(): Promise<string> {
  const { url, adminEmail, adminPassword } = product.server;
  const { post } = await signIn(url, adminEmail, adminPassword);
  const panels = [{ type: 'timeseries', title: 'Up', queries: [{ ref: 'A', query: 'count(up)' }] }];
  const made = await post('/dashboards', { title: 'Slow', panels });
  expect(made.status).toBe(201);
  return `/dashboards/${((await made.json()) as { readonly id: string }).id}`;
}

it.each([
  ['logs', '**/query/logs/search', async () => '/logs'],
  ['services', '**/query/services', async () => '/services'],
  ['a dashboard', '**/query/metrics', makeDashboard],
])('refreshes %s once the answer that is under way has come', async (_, asks, make) => {
  const path = await make();
  const { page } = await openPage(product.browser);
  await page.clock.install();
  const held: Route[] = [];
  await page.route(asks, (route) => {
    held.push(route);
  });
  await openSignedIn(page, product.server.url, product.owner, `${path}?from=now-5m&to=now&refresh=5`);
  await expect.poll(() => held.length).toBe(1);
  const first = held[0];
  await page.clock.fastForward(20_000);
  const came = page.waitForEvent('requestfinished', (request) => request === first?.request());
  await first?.continue();
  await came;
  expect(held).toHaveLength(1);
  await expect
    .poll(async () => {
      await page.clock.fastForward(20_000);
      return held.length;
    })
    .toBeGreaterThan(1);
});
