import { sendLogs, signIn, startServer, type TestServer } from '@aegisguard/testkit';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectNoJerks } from '../../testing/expect-no-jerks.ts';
import { longestTasks } from '../../testing/longest-tasks.ts';
import { openBrowser, openPage, openSignedIn } from '../../testing/open-page.ts';

const BATCHES = 100;
const BATCH_LOGS = 1000;
const LOGS = BATCHES * BATCH_LOGS;

/** What a wheel that is turned hard scrolls in a frame. */
const WHEEL_PX = 1400;

/** About what a page of logs takes: only so that the next one is asked for. */
const PAGE_PX = 20_000;

let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), openBrowser()]);
  const startMs = Date.now() - 50 * 60_000;
  for (let batch = 0; batch < BATCHES; batch++) {
    const logs = Array.from({ length: BATCH_LOGS }, (_, index) => {
      const number = batch * BATCH_LOGS + index;
      return {
        timestamp: new Date(startMs + number * 25).toISOString(),
        level: ['info', 'warn', 'error', 'debug'][number % 4],
        service: `service-${number % 7}`,
        message: `log ${number} GET /api/v1/orders/${number * 31} answered 200 in ${number % 900} ms for customer ${number % 1000}`,
        attributes: { http: { method: 'GET', status: 200 }, customer: number % 1000, region: 'eu-central-1' },
      };
    });
    const sent = await sendLogs(server.url, server, logs);
    expect(sent.status).toBe(202);
  }
  // The page asks once.
  const api = await signIn(server.url, server.adminEmail, server.adminPassword);
  const stored = async () =>
    ((await (await api.post('/query/logs/histogram', { query: '{}' })).json()) as { total: number }).total;
  await expect.poll(stored, { timeout: 60_000, interval: 250 }).toBe(LOGS);
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** Scrolls by so many pixels a frame until the far end, and as long as there are more rows to come. */
function scroll(page: Page, pixelsPerFrame: number, rowsWanted: number): Promise<number> {
  return page.getByRole('grid', { name: 'Logs' }).evaluate(
    (grid, { step, wanted }) =>
      new Promise<number>((resolve) => {
        const frame = (): void => {
          const before = grid.scrollTop;
          grid.scrollTop += step;
          const rows = Number(grid.getAttribute('aria-rowcount')) - 1;
          if (grid.scrollTop === before && rows >= wanted) {
            resolve(rows);
          } else {
            requestAnimationFrame(frame);
          }
        };
        frame();
      }),
    { step: pixelsPerFrame, wanted: rowsWanted },
  );
}

/** Scrolls by so many pixels in each of so many frames. */
function turnWheel(page: Page, pixelsPerFrame: number, frames: number): Promise<void> {
  return page.getByRole('grid', { name: 'Logs' }).evaluate(
    (grid, { step, count }) =>
      new Promise<void>((resolve) => {
        let left = count;
        const frame = (): void => {
          grid.scrollTop += step;
          left -= 1;
          if (left === 0) {
            resolve();
          } else {
            requestAnimationFrame(frame);
          }
        };
        frame();
      }),
    { step: pixelsPerFrame, count: frames },
  );
}

it('scrolls through 100,000 logs without a jerk, loading them page by page', async () => {
  const { page, problems } = await openPage(browser);
  await openSignedIn(page, server.url, { email: server.adminEmail, password: server.adminPassword }, '/logs');
  await page.getByText(`1,000 of ${LOGS.toLocaleString('en-US')} logs loaded`).waitFor();
  // The wheel turned hard: some 60 rows a frame, while pages come.
  expectNoJerks(await longestTasks(page, () => turnWheel(page, WHEEL_PX, 300)), 5);
  expect(await scroll(page, PAGE_PX, LOGS)).toBe(LOGS);
  await page.getByText(`End of the results: ${LOGS.toLocaleString('en-US')} logs`).waitFor();
  await page.getByText('log 0 GET').waitFor();

  // Upwards over a part, and downwards over all.
  expectNoJerks(await longestTasks(page, () => turnWheel(page, -WHEEL_PX, 200)), 3);
  const frames = 4 * STRETCH_FRAMES;
  const heightPx = await page.getByRole('grid', { name: 'Logs' }).evaluate((grid) => {
    grid.scrollTo({ top: 0 });
    return grid.scrollHeight;
  });
  expectNoJerks(await longestTasks(page, () => turnWheel(page, heightPx / frames, frames)), 3);
  await page.getByText('log 0 GET').waitFor();

  expect(await page.locator('tbody tr').count()).toBeLessThan(100);
  expect(problems).toEqual([]);
});
