import { sendLogs } from '@aegisguard/testkit';
import type { Locator, Page, Request } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { dragAtOnce, dragOver } from '../../testing/drag-over.ts';
import { barriers, type OpenPage, openPage, openSignedIn, type Sight } from '../../testing/open-page.ts';
import { runProduct } from '../../testing/run-product.ts';

const MINUTE_MS = 60_000;
const LEVELS = ['info', 'info', 'info', 'debug', 'warn', 'error'] as const;
const SERVICES = ['checkout', 'payments', 'search'] as const;

const product = runProduct();

/** 300 logs over the last half hour, the newest a minute old; with details that people look for. */
function someLogs(nowMs: number): object[] {
  return Array.from({ length: 300 }, (_, index) => ({
    timestamp: new Date(nowMs - MINUTE_MS - index * 6000).toISOString(),
    level: LEVELS[index % LEVELS.length],
    service: SERVICES[index % SERVICES.length],
    message: `request ${index} took ${index * 7} ms`,
    host: `host-${index % 4}`,
    attributes: { http: { status: 200 + (index % 3) * 100, route: '/api/v1/{id}' }, tags: ['eu', 'canary'] },
    resource: { 'k8s.pod.name': `pod-${index % 5}` },
  }));
}

const openLogs = (search = '', sight: Sight = {}): Promise<OpenPage> => product.open(`/logs${search}`, 'Logs', sight);

function rows(page: Page): Locator {
  return page.getByRole('grid', { name: 'Logs' }).locator('tbody tr');
}

function detail(page: Page): Locator {
  return page.getByRole('region', { name: 'Log detail' });
}

function parameters(page: Page): Record<string, string> {
  return Object.fromEntries(new URL(page.url()).searchParams);
}

async function run(page: Page, query: string): Promise<void> {
  await page.getByRole('textbox', { name: 'LogQL query' }).fill(query);
  await page.getByRole('textbox', { name: 'LogQL query' }).press('Enter');
}

/** Waits until the page says that it has found so many logs. */
async function expectCount(page: Page, count: number): Promise<void> {
  await page
    .getByRole('status')
    .getByText(`${count} ${count === 1 ? 'log' : 'logs'}`, { exact: true })
    .waitFor();
}

describe('an organization without logs', () => {
  it('shows how to send one, and shows it when it comes', async () => {
    const { page, problems } = await openLogs();
    await page.getByRole('heading', { name: 'No logs yet' }).waitFor();
    await page.getByText(`curl -sS '${product.server.url}/v1/logs'`).waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('link', { name: 'See what was refused and why' }).click();
    await page.getByRole('heading', { name: 'Ingestion', level: 1 }).waitFor();
    await page.goBack();
    await page.getByRole('link', { name: 'Create a key and send data' }).click();
    await page.getByRole('heading', { name: 'Send data', level: 1 }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'No logs yet' }).waitFor();
    const sent = await sendLogs(product.server.url, product.server, [{ service: 'hello', message: 'my first log' }]);
    expect(sent.status).toBe(202);
    await rows(page).getByText('my first log').waitFor();
    expect(problems).toEqual([]);
  });
});

describe('the log explorer', () => {
  beforeAll(async () => {
    const sent = await sendLogs(product.server.url, product.server, someLogs(Date.now()));
    expect(sent.status).toBe(202);
    const { page } = await openLogs(`?q=${encodeURIComponent('{service="search"}')}&refresh=5`);
    await expectCount(page, 100);
  });

  it.each(['dark', 'light'] as const)('has no barriers, %s, with and without a log open', async (theme) => {
    const { page, problems } = await openLogs('', { theme });
    await rows(page).first().waitFor();
    expect(await barriers(page)).toEqual([]);
    await rows(page).nth(2).click();
    await detail(page).getByRole('tree', { name: 'Attributes' }).waitFor();
    expect(await barriers(page)).toEqual([]);
    await detail(page).getByRole('tab', { name: 'JSON' }).click();
    await page.getByRole('button', { name: /^Time range/ }).click();
    await page.getByLabel('From', { exact: true }).waitFor();
    expect(await barriers(page)).toEqual([]);
    expect(problems).toEqual([]);
  });

  it('finds what a query asks for, marks it, and remembers the query', async () => {
    const { page, problems } = await openLogs();
    await rows(page).first().waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('{service="checkout"} |= "request 12"');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Enter');
    await expectCount(page, 5);
    await expect.poll(() => parameters(page)).toEqual({ q: '{service="checkout"} |= "request 12"' });
    await expect.poll(() => rows(page).locator('mark').allTextContents()).toEqual(Array(5).fill('request 12'));
    await page.getByRole('button', { name: 'Recent queries' }).click();
    await page.getByRole('menuitem', { name: '{service="checkout"} |= "request 12"' }).waitFor();
    expect(problems).toEqual([]);
  });

  it('points at what it does not understand, and offers what was probably meant', async () => {
    const { page, problems } = await openLogs();
    await run(page, '{service=checkout}');
    await page
      .getByRole('alert')
      .getByText(/double quotes/)
      .waitFor();
    await page.locator('.cm-lintRange-error').getByText('checkout', { exact: true }).waitFor();
    expect(await barriers(page)).toEqual([]);
    await run(page, 'request 299 ');
    await page.getByRole('button', { name: 'Search for lines that contain it' }).click();
    await expectCount(page, 1);
    await expect.poll(() => parameters(page).q).toBe('{} |= "request 299"');
    expect(new Set(problems)).toEqual(
      new Set(['400 /query/logs/search', '400 /query/logs/histogram', '400 /query/logs/facets']),
    );
  });

  it('filters by what is clicked in the legend and in the rows', async () => {
    const { page, problems } = await openLogs();
    const legend = page.getByRole('region', { name: 'Log volume' });
    await legend.getByRole('button', { name: /^error/ }).click();
    await expectCount(page, 50);
    await expect.poll(() => parameters(page).q).toBe('{level="error"}');
    await rows(page).first().locator('td[data-label=service]').click();
    await expectCount(page, 50);
    await expect.poll(() => parameters(page).q).toBe('{level="error", service="search"}');
    await legend.getByRole('button', { name: /^error/ }).click();
    await expectCount(page, 100);
    await rows(page)
      .first()
      .locator('td[data-label=service]')
      .click({ modifiers: ['Alt'] });
    await expect.poll(() => parameters(page).q).toBe('{service!="search"}');
    expect(problems).toEqual([]);
  });

  it('zooms into a span of the histogram, by pointer and by keyboard, and back', async () => {
    const { page, problems } = await openLogs('?q=%7Bservice%3D%22search%22%7D');
    await expectCount(page, 100);
    const bars = page.getByRole('slider', { name: /^Log volume over time/ });
    await bars.hover();
    await page.getByText(/– .*\d\d:\d\d:\d\d/).waitFor();
    await dragOver(bars, { x: 0.6, y: 30 }, { x: 0.8, y: 30 });
    await expect.poll(() => parameters(page).from).toMatch(/^20.*Z$/);
    const zoomedMs = (): number => {
      const { from = '', to = '' } = parameters(page);
      return Date.parse(to) - Date.parse(from);
    };
    expect(zoomedMs()).toBeGreaterThan(10 * MINUTE_MS);
    expect(zoomedMs()).toBeLessThan(15 * MINUTE_MS);
    await page.goBack();
    await expectCount(page, 100);
    await dragAtOnce(bars, { x: 0.6, y: 30 }, { x: 0.8, y: 30 });
    await expect.poll(() => parameters(page).from).toMatch(/^20.*Z$/);
    expect(zoomedMs()).toBeGreaterThan(10 * MINUTE_MS);
    await page.mouse.up();
    await page.goBack();
    await expectCount(page, 100);
    await bars.focus();
    await bars.press('End');
    await bars.press('Shift+ArrowLeft');
    await expect.poll(() => bars.getAttribute('aria-valuetext')).toMatch(/logs/);
    await bars.press('Enter');
    await expect.poll(() => parameters(page).from).toMatch(/^20.*Z$/);
    expect(problems).toEqual([]);
  });

  it('shows a log in full, steps through logs with keys, and a reload shows the same', async () => {
    const { page, problems } = await openLogs('?cols=service,host&wrap=1');
    await rows(page).filter({ hasText: 'request 0 took' }).click();
    await detail(page).getByText('request 0 took 0 ms', { exact: true }).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('k');
    await detail(page).getByText('request 2 took 14 ms', { exact: true }).waitFor();
    const timestamp = await detail(page).locator('header p').getAttribute('title');
    expect(timestamp).toMatch(/^20\d\d-.*\.\d{9}Z$/);
    await expect.poll(() => parameters(page).row).toContain(`${timestamp}~`);
    const address = page.url();
    await page.reload();
    await detail(page).getByText('request 2 took 14 ms', { exact: true }).waitFor();
    expect(page.url()).toBe(address);
    await expect.poll(() => rows(page).and(page.locator('[aria-selected=true]')).count()).toBe(1);
    await detail(page).getByRole('button', { name: 'Copy as JSON' }).click();
    await expect
      .poll(async () => JSON.parse((await page.evaluate(() => navigator.clipboard.readText())) || '{}'))
      .toMatchObject({
        message: 'request 2 took 14 ms',
        attributes: { http: { status: 400 }, tags: ['eu', 'canary'] },
      });
    await page.keyboard.press('Escape');
    await expect.poll(() => parameters(page)).toEqual({ cols: 'service,host', wrap: '1' });
    expect(problems).toEqual([]);
  });

  it('finds the log of a link again, whatever list it is opened with', async () => {
    const { page, problems } = await openLogs('?dir=forward');
    await rows(page).filter({ hasText: 'request 290 ' }).click();
    await expect.poll(() => parameters(page).row).toBeDefined();
    const { row = '' } = parameters(page);
    await page.goto(`${product.server.url}/logs?${new URLSearchParams({ from: 'now-2m', row })}`);
    await detail(page).getByText('request 290 took 2030 ms', { exact: true }).waitFor();
    await page.goto(`${product.server.url}/logs?${new URLSearchParams({ row: row.replace(/~.*/, '~gone') })}`);
    await detail(page).getByRole('heading', { name: 'This log is not there any more' }).waitFor();
    expect(problems).toEqual([]);
  });

  it('makes a filter of any value in the tree of JSON', async () => {
    const { page, problems } = await openLogs();
    await rows(page).filter({ hasText: 'request 1 took' }).click();
    await detail(page).getByRole('tab', { name: 'JSON' }).click();
    const status = detail(page).getByRole('treeitem', { name: /^status: ?300/ });
    await status.hover();
    await status.getByRole('button', { name: 'Filter for http_status' }).click();
    await expectCount(page, 100);
    await expect.poll(() => parameters(page).q).toBe('{http_status="300"}');
    await detail(page).getByText('request 1 took 7 ms', { exact: true }).waitFor();
    await detail(page).getByRole('tab', { name: 'Fields' }).click();
    const pod = detail(page).getByRole('treeitem', { name: /k8s\.pod\.name/ });
    await pod.focus();
    await pod.press('x');
    await expect.poll(() => parameters(page)).toEqual({ q: '{http_status="300", k8s_pod_name!="pod-1"}' });
    await expectCount(page, 80);
    expect(problems).toEqual([]);
  });

  it('takes times as people write them, and refuses what is none', async () => {
    const { page, problems } = await openLogs();
    await page.getByRole('button', { name: /^Time range/ }).click();
    await page.getByLabel('From', { exact: true }).fill('soon');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByText(/^Use a time such as now-1h/).waitFor();
    await page.getByLabel('From', { exact: true }).fill('now');
    await page.getByLabel('To', { exact: true }).fill('now-1h');
    await page.getByText('The end must be after the start.').waitFor();
    await page.getByLabel('From', { exact: true }).fill('2026-01-02 03:04');
    await page.getByLabel('To', { exact: true }).fill('now+1d');
    await page.getByLabel('To', { exact: true }).press('Enter');
    // Berlin is an hour ahead in winter.
    await expect.poll(() => parameters(page)).toEqual({ from: '2026-01-02T02:04:00.000Z', to: 'now+1d' });
    await page.getByRole('button', { name: /^Time range/ }).click();
    await page.getByRole('button', { name: 'Last 6 hours' }).click();
    await expect.poll(() => parameters(page)).toEqual({ from: 'now-6h' });
    expect(problems).toEqual([]);
  });

  it('draws the numbers of a metric query', async () => {
    const { page, problems } = await openLogs(
      `?${new URLSearchParams({ q: 'sum by (level) (count_over_time({service="search"}[1h]))' })}`,
    );
    await page.getByRole('cell', { name: '{level="error"}' }).waitFor();
    await page
      .getByRole('img', { name: /^Values over time of 2 series/ })
      .locator('canvas')
      .waitFor();
    expect(await barriers(page)).toEqual([]);
    expect(problems).toEqual([]);
  });

  it('stops a query that nobody waits for any more, and says when there is no connection', async () => {
    const { page, problems } = await openLogs();
    await rows(page).first().waitFor();
    const isAbout = (service: string) => (request: Request) =>
      request.url().endsWith('/query/logs/search') && request.postData()?.includes(service) === true;
    const held = new Set(['first', 'checkout']);
    await page.route('**/query/logs/search', (route) =>
      [...held].some((service) => isAbout(service)(route.request())) ? undefined : route.continue(),
    );
    const asked = page.waitForRequest(isAbout('first'));
    const aborted = page.waitForEvent('requestfailed', isAbout('first'));
    await run(page, '{service="first"}');
    await page.getByRole('button', { name: 'Cancel' }).waitFor();
    await asked;
    await run(page, '{service="payments"}');
    expect((await aborted).failure()?.errorText).toBe('net::ERR_ABORTED');
    await expectCount(page, 100);
    await run(page, '{service="checkout"}');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('heading', { name: 'The query was cancelled' }).waitFor();
    held.clear();
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Run it again' }).click();
    await page.getByRole('heading', { name: 'The server cannot be reached' }).waitFor();
    await page.context().setOffline(false);
    await page.getByRole('button', { name: 'Try again' }).click();
    await expectCount(page, 100);
    expect(problems).toEqual([]);
  });

  it('says nothing of code that cannot be loaded before anybody needs it', async () => {
    const { page, problems } = await openPage(product.browser);
    await page.route(/\/detail-place-|\/time-fields-/, (route) => route.abort());
    const failed = page.waitForEvent('requestfailed', (request) => request.url().includes('/detail-place-'));
    await openSignedIn(page, product.server.url, product.owner, '/logs');
    await rows(page).first().waitFor();
    await failed;
    await page.getByRole('button', { name: /^Time range/ }).hover();
    await page.getByRole('heading', { name: 'Logs', level: 1 }).click();
    expect(problems).toEqual([]);
  });

  it('refreshes itself, but not under the eyes of someone who reads further down', async () => {
    const { page, problems } = await openLogs('?q=%7Bservice%3D%22fresh%22%7D');
    await page.getByRole('heading', { name: 'No logs match' }).waitFor();
    await page.getByRole('button', { name: /^Auto refresh: off/ }).click();
    await page.getByRole('menuitemradio', { name: 'Every 5 s' }).click();
    await expect.poll(() => parameters(page).refresh).toBe('5');
    const sent = await sendLogs(product.server.url, product.server, [{ service: 'fresh', message: 'just now' }]);
    expect(sent.status).toBe(202);
    await rows(page).getByText('just now').click();
    await page.getByRole('button', { name: 'Auto refresh: paused' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Auto refresh: 5 s' }).waitFor();
    expect(problems).toEqual([]);
  });

  it('reads rows in their order once the list is at rest', async () => {
    const { page, problems } = await openLogs();
    await rows(page).first().hover();
    await page.mouse.wheel(0, 1700);
    const order = () => rows(page).evaluateAll((all) => all.map((row) => Number(row.getAttribute('aria-rowindex'))));
    // The second row is the first log; the wheel has turned past it.
    await expect.poll(async () => Math.min(...(await order()))).toBeGreaterThan(30);
    await expect
      .poll(async () => (await order()).every((row, at, all) => at === 0 || row > (all[at - 1] ?? 0)))
      .toBe(true);
    expect(problems).toEqual([]);
  });

  it('works in a narrow window', async () => {
    const { page, problems } = await openLogs('', { width: 390, height: 844, theme: 'light' });
    await rows(page).first().waitFor();
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('button', { name: 'Open navigation' }).click();
    const drawer = page.getByRole('dialog', { name: 'Navigation' });
    await drawer.getByRole('link', { name: 'Logs' }).waitFor();
    expect(await barriers(page)).toEqual([]);
    await drawer.getByRole('button', { name: 'Dark' }).click();
    await expect.poll(() => page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
    await page.keyboard.press('Escape');
    await rows(page).filter({ hasText: 'request 1 took' }).click();
    const dialog = page.getByRole('dialog', { name: 'Log detail' });
    await dialog.getByText('request 1 took 7 ms', { exact: true }).waitFor();
    expect(await barriers(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Next log' }).click();
    await dialog.getByText('request 2 took 14 ms', { exact: true }).waitFor();
    await page.goBack();
    await dialog.waitFor({ state: 'detached' });
    expect(problems).toEqual([]);
  });

  it('can be reached past the navigation with one key', async () => {
    const { page } = await openLogs();
    await rows(page).first().waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('main');
  });
});
