import { sendLogs, startServer, type TestServer } from '@aegisguard/testkit';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser, openPage, openSignedIn } from '../../testing/open-page.ts';

const BATCHES = 100;
const BATCH_LOGS = 1000;
const LOGS = BATCHES * BATCH_LOGS;

/** A frame that takes longer is felt as a jerk. */
const FRAME_MS_MAX = 50;

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

/** An event of Chromium's trace; times in µs. */
interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
}

/** Processor time in ms of the page's tasks that drew frames, longest first. Processor time, so that what else runs on the machine does not count. */
async function frameTimes(page: Page, scrolling: () => Promise<unknown>): Promise<readonly number[]> {
  await browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline'] });
  await scrolling();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const frames = traceEvents.filter((event) => event.name === 'FireAnimationFrame');
  const threads = new Set(frames.map(({ pid, tid }) => `${pid} ${tid}`));
  return traceEvents
    .filter(({ name, ph, pid, tid }) => name.endsWith('RunTask') && ph === 'X' && threads.has(`${pid} ${tid}`))
    .filter((task) =>
      frames.some(({ pid, tid, ts }) => {
        const isSameThread = pid === task.pid && tid === task.tid;
        return isSameThread && ts >= task.ts && ts <= task.ts + (task.dur ?? 0);
      }),
    )
    .map((task) => (task.tdur ?? 0) / 1000)
    .sort((a, b) => b - a);
}

it('scrolls through 100,000 logs without a jerk, loading them page by page', async () => {
  const { page, problems } = await openPage(browser);
  await openSignedIn(page, server.url, { email: server.adminEmail, password: server.adminPassword }, '/logs');
  await page.getByText(`1,000 of ${LOGS.toLocaleString('en-US')} logs loaded`).waitFor();
  expect(await scroll(page, 6000, LOGS)).toBe(LOGS);
  await page.getByText(`End of the results: ${LOGS.toLocaleString('en-US')} logs`).waitFor();
  await page.getByText('log 0 GET').waitFor();

  // The wheel turned hard: some 60 rows a frame, upwards over a part and downwards over all.
  const upwards = await frameTimes(page, () =>
    page.getByRole('grid', { name: 'Logs' }).evaluate(
      (grid) =>
        new Promise<void>((resolve) => {
          let frames = 0;
          const frame = (): void => {
            grid.scrollTop -= 1400;
            frames += 1;
            if (frames === 200) {
              resolve();
            } else {
              requestAnimationFrame(frame);
            }
          };
          frame();
        }),
    ),
  );
  await page.getByRole('grid', { name: 'Logs' }).evaluate((grid) => grid.scrollTo({ top: 0 }));
  const downwards = await frameTimes(page, () => scroll(page, 6000, LOGS));
  expect(upwards.length).toBeGreaterThan(100);
  expect(downwards.length).toBeGreaterThan(100);
  expect(upwards[0]).toBeLessThan(FRAME_MS_MAX);
  expect(downwards[0]).toBeLessThan(FRAME_MS_MAX);

  expect(await page.locator('tbody tr').count()).toBeLessThan(100);
  expect(problems).toEqual([]);
});
