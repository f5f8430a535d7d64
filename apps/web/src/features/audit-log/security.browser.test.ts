import { readFile } from 'node:fs/promises';
import { runSql, sendSigned, signIn } from '@aegisguard/testkit';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { barriers, type OpenPage, type Sight } from '../../testing/open-page.ts';
import { runProduct } from '../../testing/run-product.ts';

const product = runProduct();

function openSecurity(section: 'Audit log' | 'Security events', search = '', sight: Sight = {}): Promise<OpenPage> {
  const slug = section === 'Audit log' ? 'audit' : 'events';
  return product.open(`/security/${slug}${search}`, section, sight);
}

const owner = () => signIn(product.server.url, product.server.adminEmail, product.server.adminPassword);
const parameters = (page: Page) => Object.fromEntries(new URL(page.url()).searchParams);

it('shows what happened, by severity and time, and narrows it down', async () => {
  const events = Array.from({ length: 120 }, (_, index) => ({
    type: index % 3 === 0 ? 'waf.blocked' : 'vpn.login_failed',
    severity: index % 3 === 0 ? 'high' : 'medium',
    actor: index % 2 === 0 ? 'ada' : 'bob',
    ip: '198.51.100.7',
    target: 'gateway-2',
    message: `attempt ${index}`,
    timestamp: new Date(Date.now() - index * 60_000).toISOString(),
    attributes: { attempt: index },
  }));
  expect((await sendSigned(product.server.url, product.server, '/security-events/ingest', { events })).status).toBe(
    202,
  );
  const { page, problems } = await openSecurity('Security events', '?refresh=5');
  const table = page.getByRole('table', { name: 'Security events' });
  await table.getByRole('button', { name: 'waf.blocked' }).first().waitFor({ timeout: 60_000 });
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('button', { name: 'Load more' }).click();
  await expect.poll(() => table.locator('tbody tr').count()).toBeGreaterThan(100);

  await page.getByRole('button', { name: /^high/ }).click();
  await expect.poll(() => table.getByRole('button', { name: 'vpn.login_failed' }).count()).toBe(0);
  await page.getByRole('region', { name: 'Most active' }).getByRole('button', { name: /^ada/ }).click();
  await page.getByRole('searchbox', { name: 'Search' }).fill('attempt 12');
  await page.keyboard.press('Enter');
  await expect.poll(() => table.locator('tbody tr').count()).toBe(1);
  await expect.poll(() => parameters(page)).toEqual({ refresh: '5', severity: 'high', actor: 'ada', q: 'attempt 12' });

  await table.getByRole('button', { name: 'waf.blocked' }).click();
  const detail = page.getByRole('dialog', { name: 'Event: waf.blocked' });
  await detail.getByText('"attempt": 12').waitFor();
  expect(await barriers(page)).toEqual([]);
  await detail.getByRole('button', { name: 'waf.blocked' }).click();
  await page.getByRole('button', { name: 'Severity high' }).click();
  await page.getByRole('button', { name: 'Clear' }).click();
  await page.getByRole('slider', { name: /^Events over time/ }).press('End');
  await page.keyboard.press('Enter');
  await expect.poll(() => Object.keys(parameters(page)).toSorted()).toEqual(['from', 'refresh', 'to']);
  expect(problems).toEqual([]);
});

it('leads from an event to the logs of its address and to the audit of its actor', async () => {
  await fetch(`${product.server.url}/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: product.server.adminEmail, password: 'not the password' }),
  });
  const { page, problems } = await openSecurity('Security events', '?source=platform&refresh=5', {
    theme: 'light',
    width: 390,
  });
  const failed = page.getByRole('list', { name: 'Security events' }).getByRole('button', { name: 'Failed login' });
  await failed.first().click({ timeout: 60_000 });
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('link', { name: 'Logs of this address' }).click();
  await page.getByRole('heading', { name: 'Logs', level: 1 }).waitFor();
  await expect.poll(() => parameters(page).q).toBe('{} |= "127.0.0.1"');
  await page.goBack();
  await failed.first().click();
  await page.getByRole('link', { name: 'Audit of this actor' }).click();
  await page.getByRole('heading', { name: 'Audit log', level: 1 }).waitFor();
  await expect.poll(() => parameters(page)).toEqual({ q: product.server.adminEmail });
  expect(problems).toEqual([]);
});

it('tells who changed what, with what it was before, and exports that', async () => {
  const api = await owner();
  const key = (await (await api.post('/apikeys', { name: 'agent', kind: 'token' })).json()) as { id: string };
  const headers = { authorization: `Bearer ${api.accessToken}`, 'content-type': 'application/json' };
  const url = `${product.server.url}/apikeys/${key.id}`;
  expect((await fetch(url, { method: 'PATCH', headers, body: '{"name":"collector"}' })).status).toBe(200);

  const { page, problems } = await openSecurity('Audit log');
  const table = page.getByRole('table', { name: 'Audit log' });
  await table.getByRole('button', { name: `${product.server.adminEmail} renamed the API key collector` }).click();
  const detail = page.getByRole('dialog');
  await detail.getByText('Removed: ').waitFor();
  await expect
    .poll(() => detail.getByRole('region', { name: 'What changed' }).textContent())
    .toMatch(/agent.*collector/);
  expect(await barriers(page)).toEqual([]);
  await detail.getByRole('button', { name: 'Everything about collector' }).click();
  await expect.poll(() => table.locator('tbody tr').count()).toBe(2);
  await page.getByRole('combobox', { name: 'Action' }).selectOption('key.create');
  await expect.poll(() => table.locator('tbody tr').count()).toBe(1);
  await expect.poll(() => parameters(page)).toEqual({ action: 'key.create', target: key.id });

  await page.getByRole('button', { name: 'Export' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    // It is said for a moment only.
    page.getByText('The audit log is saved').waitFor(),
    page.getByRole('menuitem', { name: /^NDJSON/ }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^audit-\d{4}-\d\d-\d\d\.ndjson$/);
  const lines = (await readFile(await download.path(), 'utf8')).trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ action: 'key.create', target: { id: key.id } }]);
  expect(await barriers(page)).toEqual([]);
  expect(problems).toEqual([]);
});

it('proves that the log is whole, and names the entry that is not as it was written', async () => {
  const { page, problems } = await openSecurity('Audit log', '', { theme: 'light', width: 390 });
  await page.getByRole('button', { name: 'Verify' }).click();
  await page.getByText('The log is whole.').waitFor();
  await page.getByRole('button', { name: 'Copy the hash of the last entry' }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/^[0-9a-f]{64}$/);
  expect(await barriers(page)).toEqual([]);

  const tampering = `UPDATE audit_entries SET actor_name = 'mallory' WHERE target_name = 'agent' AND org_id = $1`;
  await runSql(product.server.databaseUrl, tampering, [product.server.orgId]);
  await page.getByRole('button', { name: 'Verify' }).click();
  await page.getByText('The log is not as it was written.').waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('link', { name: /^See entry/ }).click();
  await page.getByRole('button', { name: 'mallory made the API key agent' }).waitFor();
  expect(Object.keys(parameters(page))).toEqual(['seq']);
  expect(problems).toEqual([]);
});

it('keeps views of the Logs page', async () => {
  const { page, problems } = await product.open('/logs?q=%7Bservice%3D%22checkout%22%7D&wrap=1', 'Logs');
  const menu = page.getByTitle('Saved views (v)');
  const choose = async (name: string | RegExp) => {
    await menu.click();
    await page.getByRole('menuitem', { name }).click();
  };
  await menu.waitFor();
  await page.keyboard.press('v');
  await page.getByText('No saved views yet').waitFor();
  await page.getByRole('menuitem', { name: 'Save as a new view…' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Checkout');
  await page.getByLabel('Everyone in the organization').check();
  expect(await barriers(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await page.getByText('The view “Checkout” is saved.').waitFor();
  await expect.poll(() => menu.textContent()).toBe('Checkout');

  await page.keyboard.press('o');
  await expect.poll(() => menu.textContent()).toBe('Checkoutchanged');
  await choose('Save the changes');
  await page.getByText('“Checkout” is saved as it is now.').waitFor();
  await expect.poll(() => menu.textContent()).toBe('Checkout');
  await choose('Rename…');
  await page.getByRole('textbox', { name: 'Name' }).fill('Checkout, oldest first');
  await page.keyboard.press('Enter');
  await expect.poll(() => menu.textContent()).toBe('Checkout, oldest first');

  await page.getByRole('link', { name: 'Logs' }).click();
  await expect.poll(() => menu.textContent()).toBe('Views');
  await choose(/^Checkout, oldest first/);
  await expect.poll(() => parameters(page)).toEqual({ q: '{service="checkout"}', wrap: '1', dir: 'forward' });
  await menu.click();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByText('is deleted.').waitFor();
  await expect.poll(() => menu.textContent()).toBe('Views');
  expect(problems).toEqual([]);
});
