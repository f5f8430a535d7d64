import { sendLogs, signIn } from '@aegisguard/testkit';
import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { barriers, openPage, openSignedIn, type Sight } from '../../testing/open-page.ts';
import { runProduct } from '../../testing/run-product.ts';

const product = runProduct();
const PASSWORD = 'sloth marble quay 7';

const openHome = (sight: Sight = {}) => product.open('/home', 'Home', sight);

const region = (page: Page, name: string): Locator => page.getByRole('region', { name });
const step = (page: Page, name: string): Locator => region(page, 'First steps').getByRole('heading', { name });

it('leads through the first steps, and sees by itself that the first log has come', async () => {
  const { page, problems } = await openHome();
  await step(page, 'Send a first log (to do)').waitFor();
  await region(page, 'First steps').getByText('0 of 6 done').waitFor();
  await region(page, 'What came in').getByRole('link', { name: 'Logs' }).waitFor();
  await region(page, 'Recent changes')
    .getByText('made an API key')
    .or(page.getByText('created the organization'))
    .first()
    .waitFor();
  expect(await barriers(page)).toEqual([]);

  const sent = await sendLogs(product.server.url, product.server, [{ service: 'checkout', message: 'the first' }]);
  expect(sent.status).toBe(202);
  await step(page, 'Send a first log (done)').waitFor({ timeout: 60_000 });

  await region(page, 'First steps').getByRole('button', { name: 'Keep the defaults' }).click();
  await step(page, 'Decide what becomes of personal data (done)').waitFor();
  await page.reload();
  await region(page, 'First steps').getByText('2 of 6 done').waitFor();
  await region(page, 'Recent changes').getByText('changed the privacy policy').waitFor();
  await region(page, 'First steps').getByRole('link', { name: 'Set days' }).click();
  await page.getByRole('heading', { name: 'Retention' }).waitFor();
  expect(problems).toEqual([]);
});

it('says what was refused and why, and each part fails and comes back by itself', async () => {
  const refused = await sendLogs(product.server.url, { ...product.server, orgSecret: 'not the secret' }, [
    { service: 'checkout', message: 'x' },
  ]);
  expect(refused.status).toBe(401);
  const { page, problems } = await openPage(product.browser);
  await page.route('**/usage?*', (route) => route.fulfill({ status: 503, body: '' }));
  await openSignedIn(page, product.server.url, product.owner, '/home');
  const usage = region(page, 'Usage this month');
  await usage.getByRole('alert').getByText('The server answered with 503').waitFor();
  await region(page, 'What was refused').getByText('unauthorized').waitFor();
  await page.getByRole('link', { name: 'Refused in the last hour' }).waitFor();
  await page.unroute('**/usage?*');
  await usage.getByRole('button', { name: 'Try again' }).click();
  await usage.getByRole('row', { name: /^Logs 1 / }).waitFor();
  expect(new Set(problems)).toEqual(new Set(['503 /usage']));
});

it('shows a viewer only what they may see, and asks for nothing else', async () => {
  const { url, adminEmail, adminPassword } = product.server;
  const owner = await signIn(url, adminEmail, adminPassword);
  const added = await fetch(`${url}/users`, {
    method: 'POST',
    headers: { authorization: `Bearer ${owner.accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ email: `vera@${product.server.domain}`, name: 'Vera', role: 'viewer', password: PASSWORD }),
  });
  expect(added.status).toBe(201);
  const vera = { email: `vera@${product.server.domain}`, password: PASSWORD };
  const { page, problems } = await product.open('/home', 'Home', { theme: 'light' }, vera);
  await region(page, 'Usage this month').getByRole('table').waitFor();
  await step(page, 'Turn on two-factor authentication (to do)').waitFor();
  await expect
    .poll(() => page.getByRole('heading', { level: 2 }).allTextContents())
    .toEqual(['First steps', 'What came in', 'What was refused', 'Usage this month']);
  await expect.poll(() => page.getByText('Without second factor').count()).toBe(0);
  expect(await barriers(page)).toEqual([]);

  await region(page, 'First steps').getByRole('button', { name: 'Do not show again' }).click();
  await page.reload();
  await region(page, 'Usage this month').getByRole('table').waitFor();
  await expect.poll(() => region(page, 'First steps').count()).toBe(0);
  expect(problems).toEqual([]);
});

it('has no barriers on a narrow screen, dark and light, and nothing of it is cut off', async () => {
  const { page, problems } = await openHome({ width: 390 });
  await region(page, 'First steps').waitFor();
  await region(page, 'Usage this month').getByRole('table').waitFor();
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect([overflow, ...(await barriers(page))]).toEqual([0]);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.locator('html[data-theme=light]').waitFor();
  expect(await barriers(page)).toEqual([]);
  expect(problems).toEqual([]);
});
