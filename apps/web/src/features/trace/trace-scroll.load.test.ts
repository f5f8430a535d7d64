import { makeLargeTrace, sendSigned, signIn } from '@aegisguard/testkit';
import { beforeAll, expect, it, vi } from 'vitest';
import { expectNoJerks } from '../../testing/expect-no-jerks.ts';
import { longestTasks } from '../../testing/longest-tasks.ts';
import { runProduct } from '../../testing/run-product.ts';

const SPANS = 100_000;

/** What a wheel that is turned hard scrolls in a frame: a screen of rows, all of them new. */
const WHEEL_PX = 700;
const FRAMES = 250;

/** Of the page's thread, from its first script to the rows; the server has the rest of the two seconds. */
const OPENED_MS = 1000;

const product = runProduct();
const trace = makeLargeTrace({ spanCount: SPANS, startMs: Date.now() - 120_000 });

beforeAll(async () => {
  const { server } = product;
  for (const body of trace.bodies) {
    const sent = await sendSigned(server.url, server, '/v1/traces', body);
    expect(sent.status).toBe(200);
  }
  const api = await signIn(server.url, server.adminEmail, server.adminPassword);
  await vi.waitFor(
    async () => {
      const answer = await api.get(`/query/traces/${trace.traceId}?limit=1`);
      expect(((await answer.json()) as { spanCount?: number }).spanCount).toBe(SPANS);
    },
    { timeout: 60_000, interval: 500 },
  );
});

it('opens a trace of 100,000 spans, and scrolls through it without a jerk', async () => {
  const { page, problems } = await product.open(`/traces/${trace.traceId}`, 'Trace');
  const rows = page.getByRole('treegrid', { name: 'Spans' });
  await rows.waitFor();
  expect(Number(await rows.getAttribute('aria-rowcount'))).toBe(SPANS + 1);

  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.reload();
  await rows.getByRole('row').nth(5).waitFor();
  const { metrics } = await session.send('Performance.getMetrics');
  const seconds = metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.POSITIVE_INFINITY;
  expect(seconds * 1000).toBeLessThan(OPENED_MS);

  const longest = await longestTasks(page, () =>
    rows.evaluate(
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
      { step: WHEEL_PX, count: FRAMES },
    ),
  );
  expectNoJerks(longest, 4);
  expect(await rows.getByRole('row').count()).toBeLessThan(100);
  await rows.focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.getByRole('article', { name: 'Span' }).getByRole('tab', { name: 'Attributes' }).waitFor();
  expect(problems).toEqual([]);
});
