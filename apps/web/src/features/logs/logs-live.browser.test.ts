import { sendLogs } from '@aegisguard/testkit';
import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { dragOver } from '../../testing/drag-over.ts';
import { barriers, type OpenPage, type Sight } from '../../testing/open-page.ts';
import { runProduct } from '../../testing/run-product.ts';

const MINUTE_MS = 60_000;
const COUNT = 300;

const product = runProduct();

/** Half an hour of logs, the newest a minute old; from 15 to 10 minutes before one region fails. */
function someLogs(nowMs: number): object[] {
  return Array.from({ length: COUNT }, (_, index) => {
    const ms = nowMs - MINUTE_MS - index * 6000;
    const isBad = index >= 90 && index < 140 && index % 2 === 0;
    return {
      timestamp: new Date(ms).toISOString(),
      level: isBad ? 'error' : 'info',
      service: index % 3 === 0 ? 'checkout' : 'search',
      host: `host-${index % 2}`,
      message: isBad ? `order ${index} failed after ${index * 7}ms` : `request ${index} took ${index * 7}ms`,
      attributes: { region: isBad ? 'eu' : 'us' },
    };
  });
}

const openLogs = (search = '', sight: Sight = {}): Promise<OpenPage> => product.open(`/logs${search}`, 'Logs', sight);

function rows(page: Page): Locator {
  return page.getByRole('grid', { name: 'Logs' }).locator('tbody tr');
}

function patterns(page: Page): Locator {
  return page.getByRole('treegrid', { name: 'Patterns' }).locator('tbody tr');
}

function parameters(page: Page): Record<string, string> {
  return Object.fromEntries(new URL(page.url()).searchParams);
}

async function send(...logs: readonly object[]): Promise<void> {
  const sent = await sendLogs(product.server.url, product.server, [...logs]);
  expect(sent.status).toBe(202);
}

/** Puts another tab before this one, or this one to the front again: headless, all tabs are in front. */
async function seeTab(page: Page, isSeen: boolean): Promise<void> {
  await page.evaluate((hidden) => {
    Object.defineProperty(document, 'hidden', { configurable: true, value: hidden });
    document.dispatchEvent(new Event('visibilitychange'));
  }, !isSeen);
}

/** When the logs were made. */
let madeMs = 0;

/** Drags over the histogram about the time in which one region fails; the page shows the last hour. */
async function dragOverFailures(page: Page): Promise<void> {
  const ageMinutes = (Date.now() - madeMs) / MINUTE_MS;
  const placeOf = (minutes: number) => ({ x: 1 - minutes / 60, y: 30 });
  const bars = page.getByRole('slider', { name: /^Log volume over time/ });
  await dragOver(bars, placeOf(ageMinutes + 16), placeOf(ageMinutes + 8.5));
}

beforeAll(async () => {
  madeMs = Date.now();
  await send(...someLogs(madeMs));
  const { page } = await openLogs('?refresh=5');
  await page.getByRole('status').getByText(`${COUNT} logs`, { exact: true }).waitFor();
});

describe('patterns', () => {
  it('are the forms of lines; keys narrow the query to one or leave it out', async () => {
    const { page, problems } = await openLogs();
    await page.getByRole('button', { name: 'Patterns' }).click();
    await page.getByText(`All ${COUNT} logs were looked at`).waitFor();
    await expect.poll(() => parameters(page)).toEqual({ show: 'patterns' });
    await expect.poll(() => patterns(page).count()).toBe(2);
    await expect.poll(() => patterns(page).first().textContent()).toMatch(/^275 92%request number took duration/);
    expect(await barriers(page)).toEqual([]);
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByRole('list', { name: 'What varies' }).getByText('duration').waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.keyboard.press('x');
    await expect.poll(() => parameters(page).q).toBe('{} !> "request <_> took <_>"');
    await page.getByText('1 pattern', { exact: true }).waitFor();
    await patterns(page).first().getByRole('button', { name: 'Only these' }).click();
    await expect
      .poll(() => parameters(page))
      .toEqual({ q: '{} !> "request <_> took <_>" |> "order <_> failed after <_>"' });
    await page.getByRole('status').getByText('25 logs', { exact: true }).waitFor();
    expect(problems).toEqual([]);
  });

  it('are ordered as one likes, which a link keeps', async () => {
    const { page, problems } = await openLogs('?show=patterns&by=rare');
    await patterns(page).first().filter({ hasText: 'failed' }).waitFor();
    await page.getByLabel('Order of the patterns').selectOption('Most frequent first');
    await patterns(page).first().filter({ hasText: 'took' }).waitFor();
    await expect.poll(() => parameters(page)).toEqual({ show: 'patterns' });
    await page.goto(page.url().replace('show=patterns', `show=patterns&q=${encodeURIComponent('{service="none"}')}`));
    await page.getByRole('heading', { name: 'No patterns' }).waitFor();
    expect(problems).toEqual([]);
  });
});

describe('what is different in a span', () => {
  it('is listed for bars that are selected, can be linked to, and makes filters', async () => {
    const { page, problems } = await openLogs('', { theme: 'light' });
    await page.getByRole('button', { name: 'Differences' }).click();
    await page.getByRole('heading', { name: 'Select a span in the histogram' }).waitFor();
    await dragOverFailures(page);
    const more = page.getByRole('region', { name: 'More here' });
    await more.getByText('region=eu').waitFor();
    await more.getByText('only here').first().waitFor();
    await page.getByRole('region', { name: 'Less here' }).getByText('region=us').waitFor();
    expect(await barriers(page)).toEqual([]);
    const { span = '' } = parameters(page);
    await expect.poll(() => parameters(page)).toEqual({ show: 'differences', span });
    await page.reload();
    await more.getByRole('button', { name: 'Filter for region eu' }).click();
    await expect.poll(() => parameters(page)).toEqual({ show: 'differences', span, q: '{region="eu"}' });
    await page.getByRole('button', { name: 'Zoom into it' }).click();
    await page.getByRole('heading', { name: 'There is nothing to compare with' }).waitFor();
    await page.getByRole('button', { name: 'Show the time around it' }).click();
    await page.getByText(/compared with/).waitFor();
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.getByRole('heading', { name: 'Select a span in the histogram' }).waitFor();
    expect(problems).toEqual([]);
  });

  it('is a drag with Shift away, while one without still zooms', async () => {
    const { page, problems } = await openLogs();
    await rows(page).first().waitFor();
    await page.keyboard.down('Shift');
    await dragOverFailures(page);
    await page.keyboard.up('Shift');
    await page.getByRole('region', { name: 'More here' }).getByText('level=error').waitFor();
    await page.getByRole('button', { name: 'Logs', exact: true }).click();
    await rows(page).first().waitFor();
    await dragOverFailures(page);
    await expect.poll(() => parameters(page).from).toMatch(/^20.*Z$/);
    expect(problems).toEqual([]);
  });
});

describe('the surroundings of a log', () => {
  it('are its neighbours in order of time, of its stream or otherwise, and lead back to the explorer', async () => {
    const { page, problems } = await openLogs(`?q=${encodeURIComponent('{} |= "order 100 "')}`);
    await rows(page).first().click();
    await page.getByRole('button', { name: 'Surrounding logs' }).click();
    const dialog = page.getByRole('dialog', { name: 'Surrounding logs' });
    const lines = dialog.getByRole('listbox').getByRole('option');
    await dialog.getByText('order 100 failed').waitFor();
    await dialog.getByText('service="search" host="host-0"').waitFor();
    expect(await barriers(page)).toEqual([]);
    const before = await lines.count();
    await dialog.getByRole('button', { name: 'Earlier logs' }).click();
    await expect.poll(() => lines.count()).toBeGreaterThan(before);
    await dialog.getByLabel('Which logs').selectOption('of the same host');
    await expect.poll(() => lines.filter({ hasText: 'checkout' }).count()).toBeGreaterThan(0);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Surrounding logs' }).click();
    await dialog.getByText('order 100 failed').waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('FAILED');
    await expect.poll(() => lines.filter({ hasText: 'took' }).count()).toBe(0);
    await dialog.getByRole('listbox').focus();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await dialog
      .getByRole('region', { name: 'Log detail' })
      .getByText(/^order 98 failed/)
      .waitFor();
    expect(await barriers(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Copy lines' }).click();
    await expect
      .poll(() => page.evaluate(() => navigator.clipboard.readText()))
      .toMatch(/ ERROR search order 100 failed after 700ms\n.* order 98 failed/);
    await dialog.getByRole('button', { name: 'Show in the explorer' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page
      .getByRole('region', { name: 'Log detail' })
      .getByText(/^order 98 failed/)
      .waitFor();
    await expect.poll(() => parameters(page).q).toBe('{service="search", host="host-0"}');
    expect(problems).toEqual([]);
  });
});

describe('the live tail', () => {
  it('shows lines as they come, stands still while one reads, and ends when it is left', async () => {
    const { page, problems } = await openLogs(`?q=${encodeURIComponent('{service="live"}')}`);
    await page.getByRole('button', { name: 'Live', exact: true }).click();
    await page.getByRole('heading', { name: 'Waiting for lines' }).waitFor();
    await page.getByText(/^Live · 0 lines\/s/).waitFor();
    expect(await barriers(page)).toEqual([]);
    await send({ service: 'live', message: 'first' }, { service: 'other', message: 'not wanted' });
    await rows(page).getByText('first').waitFor();
    await page.keyboard.press(' ');
    await send({ service: 'live', message: 'second' }, { service: 'live', message: 'third' });
    await page.getByText('Paused · 2 new lines').waitFor();
    await expect.poll(() => rows(page).count()).toBe(1);
    await page.keyboard.press(' ');
    await rows(page).getByText('third').waitFor();
    await rows(page).getByText('second').click();
    await page.getByRole('region', { name: 'Log detail' }).getByText('second').waitFor();
    await send({ service: 'live', message: 'fourth' });
    await page.getByText('Paused · 1 new line').waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await rows(page).getByText('fourth').waitFor();
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.getByRole('heading', { name: 'Waiting for lines' }).waitFor();
    const stopped = page.waitForEvent('requestfailed', (request) => request.url().includes('/query/logs/tail'));
    await page.getByRole('button', { name: 'Patterns' }).click();
    await stopped;
    expect(problems).toEqual([]);
  });

  it('goes on trying while the server cannot be reached, and misses nothing', async () => {
    const { page, problems } = await openLogs(`?dir=forward&q=${encodeURIComponent('{service="wire"}')}`);
    const live = page.getByRole('button', { name: 'Live', exact: true });
    // Its code must be there.
    await live.click();
    await page.getByRole('heading', { name: 'Waiting for lines' }).waitFor();
    await live.click();
    await page.getByRole('heading', { name: 'No logs match' }).waitFor();
    await page.context().setOffline(true);
    await live.click();
    await page.getByText('The server cannot be reached; trying again').waitFor();
    await send({ service: 'wire', message: 'meanwhile' });
    await page.context().setOffline(false);
    await rows(page).getByText('meanwhile').waitFor();
    await send({ service: 'wire', message: 'and on' });
    await rows(page).getByText('and on').waitFor();
    await expect.poll(() => rows(page).count()).toBe(2);
    expect(problems).toEqual([]);
  });

  it('sleeps while nobody sees it, and misses nothing of it', async () => {
    const { page, problems } = await openLogs();
    await page.clock.install();
    const tails: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/query/logs/tail')) {
        tails.push(request.url());
      }
    });
    await page.goto(page.url().replace(/\?.*|$/, `?show=live&q=${encodeURIComponent('{service="sleep"}')}`));
    await page.getByText(/^Live · 0 lines\/s/).waitFor();
    // Looked away from for a moment only.
    await seeTab(page, false);
    await page.clock.fastForward(50_000);
    await seeTab(page, true);
    await page.clock.fastForward(50_000);
    await send({ service: 'sleep', message: 'awake' });
    await rows(page).getByText('awake').waitFor();
    expect(tails).toHaveLength(1);

    const stopped = page.waitForEvent('requestfailed', (request) => request.url().includes('/query/logs/tail'));
    await seeTab(page, false);
    await page.clock.fastForward(61_000);
    await stopped;
    await page.getByText('Stopped while the tab was hidden').waitFor();
    expect(await barriers(page)).toEqual([]);
    await send({ service: 'sleep', message: 'said to nobody' });
    await seeTab(page, true);
    await rows(page).getByText('said to nobody').waitFor();
    await page.getByText(/^Live · /).waitFor();
    await expect.poll(() => rows(page).count()).toBe(2);
    expect(tails).toHaveLength(2);
    expect(problems).toEqual([]);
  });

  it('begins anew when a filter changes its query', async () => {
    const { page, problems } = await openLogs(`?show=live&q=${encodeURIComponent('{service="flow"}')}`);
    await page.getByRole('heading', { name: 'Waiting for lines' }).waitFor();
    await send({ service: 'flow', level: 'info', message: 'all is well' });
    await send({ service: 'flow', level: 'error', message: 'nothing is well' });
    await rows(page).getByText('all is well').waitFor();
    const stopped = page.waitForEvent('requestfailed', (request) => request.url().includes('/query/logs/tail'));
    await rows(page).filter({ hasText: 'nothing is well' }).locator('td[data-label=level]').click();
    await stopped;
    await expect.poll(() => parameters(page)).toEqual({ show: 'live', q: '{service="flow", level="error"}' });
    await rows(page).getByText('all is well').waitFor({ state: 'detached' });
    await rows(page).getByText('nothing is well').waitFor();
    await page.getByText(/^Live · /).waitFor();
    await send({ service: 'flow', level: 'info', message: 'well again' });
    await send({ service: 'flow', level: 'error', message: 'worse' });
    await rows(page).getByText('worse').waitFor();
    await expect.poll(() => rows(page).count()).toBe(2);
    expect(problems).toEqual([]);
  });

  it('says why there is none', async () => {
    const { page, problems } = await openLogs(`?show=live&q=${encodeURIComponent('{service=}')}`);
    await page
      .getByRole('heading', { name: /LogQL|query/i })
      .first()
      .waitFor();
    expect(new Set(problems)).toContain('400 /query/logs/tail');
  });

  it('and everything else works in a narrow window', async () => {
    const { page, problems } = await openLogs('?show=live', { width: 390, height: 844 });
    await rows(page).first().waitFor();
    const width = (): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth);
    await expect.poll(() => width()).toBe(390);
    expect(await barriers(page)).toEqual([]);
    await rows(page).first().click();
    await page.getByRole('dialog', { name: 'Log detail' }).getByRole('button', { name: 'Surrounding logs' }).click();
    const dialog = page.getByRole('dialog', { name: 'Surrounding logs' });
    await dialog.getByRole('listbox').getByRole('option').first().click();
    await dialog.getByRole('region', { name: 'Log detail' }).waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.goto(page.url().replace(/\?.*/, '?show=patterns'));
    await patterns(page).first().waitFor();
    await expect.poll(() => width()).toBe(390);
    expect(await barriers(page)).toEqual([]);
    expect(problems).toEqual([]);
  });
});
