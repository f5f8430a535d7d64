import { sendSigned, signIn } from '@aegisguard/testkit';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { DEMO_TRACES, sendDemoTraces, THROWING_SPAN } from '../../testing/demo-traces.ts';
import { dragOver } from '../../testing/drag-over.ts';
import { barriers, type OpenPage, type Sight } from '../../testing/open-page.ts';
import { runProduct } from '../../testing/run-product.ts';

const product = runProduct();

const openTrace = (traceId: string, search = '', sight: Sight = {}): Promise<OpenPage> =>
  product.open(`/traces/${traceId}${search}`, 'Trace', sight);

function parameters(page: Page): Record<string, string> {
  return Object.fromEntries(new URL(page.url()).searchParams);
}

const rowOf = (page: Page, name: string | RegExp) =>
  page.getByRole('treegrid', { name: 'Spans' }).getByRole('row', { name });

/** What was sent is asked for until it is there. */
const ARRIVAL = { timeout: 60_000, interval: 200 };

let api: Awaited<ReturnType<typeof signIn>>;

async function arrival(traceId: string, spans: number): Promise<void> {
  await vi.waitFor(async () => {
    const answer = await api.get(`/query/traces/${traceId}/outline`);
    expect(((await answer.json()) as { spanCount?: number }).spanCount).toBe(spans);
  }, ARRIVAL);
}

beforeAll(async () => {
  const { server } = product;
  await sendDemoTraces(server, Date.now());
  api = await signIn(server.url, server.adminEmail, server.adminPassword);
  const counts = { [DEMO_TRACES.failed]: 16, [DEMO_TRACES.good]: 13, [DEMO_TRACES.broken]: 3 };
  for (const [traceId, spans] of Object.entries(counts)) {
    await arrival(traceId, spans);
  }
  await vi.waitFor(async () => {
    const query = `{trace_id="${DEMO_TRACES.failed}"}`;
    const answer = await api.post('/query/logs/search', { query });
    expect(((await answer.json()) as { logs: unknown[] }).logs).toHaveLength(3);
  }, ARRIVAL);
});

/** How often a page begins to measure an element, in some frames: what is drawn for ever does so with each drawing, and the page never rests. */
function observersMade(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let made = 0;
        const observe = ResizeObserver.prototype.observe;
        ResizeObserver.prototype.observe = function counted(...given) {
          made += 1;
          observe.apply(this, given);
        };
        let left = 10;
        const frame = (): void => {
          left -= 1;
          if (left === 0) {
            ResizeObserver.prototype.observe = observe;
            resolve(made);
          } else {
            requestAnimationFrame(frame);
          }
        };
        requestAnimationFrame(frame);
      }),
  );
}

describe('the page of a trace', () => {
  it('the waterfall is walked, folded and searched by keys; the open span is in the address', async () => {
    const { page, problems } = await openTrace(DEMO_TRACES.failed);
    await rowOf(page, 'POST /checkout').waitFor();
    await expect.poll(() => page.title()).toBe('POST /checkout · web · AegisGuard');
    expect(await barriers(page)).toEqual([]);

    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByRole('article', { name: 'Span' }).getByRole('heading', { name: 'authenticate' }).waitFor();
    await expect.poll(() => parameters(page).span).toBe('0000000000000002');

    await page.keyboard.press('ArrowDown');
    await page.getByRole('article', { name: 'Span' }).getByRole('heading', { name: 'place order' }).waitFor();
    await expect.poll(() => parameters(page).span).toBe('0000000000000003');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => rowOf(page, 'charge card').count()).toBe(0);
    await rowOf(page, /place order.*1 failed below|1 failed below.*place order/).waitFor();
    await page.keyboard.press('Enter');
    const isIn = (name: 'article' | 'treegrid'): Promise<boolean> =>
      page.getByRole(name, { name: /^Spans?$/ }).evaluate((element) => element === document.activeElement);
    await expect.poll(() => isIn('article')).toBe(true);
    await page.keyboard.press('Escape');
    await expect.poll(() => parameters(page).span).toBeUndefined();
    await expect.poll(() => isIn('treegrid')).toBe(true);

    await page.keyboard.press('/');
    await page.keyboard.type('declined');
    await page.getByRole('status').filter({ hasText: /^1$/ }).waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => rowOf(page, 'charge card').getAttribute('aria-selected')).toBe('true');
    await expect.poll(() => parameters(page).find).toBe('declined');
    expect(problems).toEqual([]);
  });

  it('a text that is typed slowly loses no letter on a slow machine', async () => {
    const { page, problems } = await openTrace(DEMO_TRACES.failed);
    await rowOf(page, 'POST /checkout').waitFor();
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: 10 });
    const field = page.getByLabel('Search in the trace');
    for (let turn = 0; turn < 4; turn++) {
      await field.fill('');
      // Each key comes as the address follows the one before.
      await field.pressSequentially('declined', { delay: 160 });
      await expect.poll(() => parameters(page).find).toBe('declined');
      expect(await field.inputValue()).toBe('declined');
    }
    expect(problems).toEqual([]);
  });

  it('a span tells what was thrown, where its links lead, what was logged, and what is like it', async () => {
    const { page, problems } = await openTrace(DEMO_TRACES.failed, `?span=${THROWING_SPAN}`, { theme: 'light' });
    const span = page.getByRole('article', { name: 'Span' });
    await span.getByText('PaymentDeclined', { exact: true }).waitFor();
    await span.getByText('at charge (/app/src/payments/charge.ts:81:13)').waitFor();
    expect(await barriers(page)).toEqual([]);
    await span.getByRole('tab', { name: 'Links 1' }).click();
    expect(await span.getByRole('link', { name: new RegExp(DEMO_TRACES.good) }).getAttribute('href')).toMatch(
      new RegExp(`/traces/${DEMO_TRACES.good}\\?span=${THROWING_SPAN}$`),
    );
    await span.getByRole('tab', { name: 'Logs' }).click();
    await span.getByText('the card could not be charged').waitFor();
    await span.getByRole('button', { name: 'Whole trace' }).click();
    await span.getByText('order 4711 begins').waitFor();
    await span.getByRole('tab', { name: 'Process' }).click();
    const like = await span.getByRole('link', { name: 'Traces with this host.name' }).getAttribute('href');
    const asked = new URL(like ?? '', product.server.url).searchParams;
    expect(asked.get('q')).toBe('{ resource.host.name = "payments-1" }');
    expect(Date.parse(asked.get('to') ?? '') - Date.parse(asked.get('from') ?? '')).toBeGreaterThan(7_200_000);
    expect(await barriers(page)).toEqual([]);
    expect(problems).toEqual([]);
  });

  it('a part of the time is dragged over the ruler, and the way back is a key', async () => {
    const { page, problems } = await openTrace(DEMO_TRACES.failed);
    const ruler = page.getByRole('columnheader', { name: 'Time' });
    await rowOf(page, 'POST /checkout').waitFor();
    await dragOver(ruler, { x: 0.5, y: 10 }, { x: 0.75, y: 10 });
    await expect.poll(() => parameters(page).zoom).toMatch(/^\d+-\d+$/);
    const [from = 0, until = 0] = (parameters(page).zoom ?? '').split('-').map(Number);
    expect(until - from).toBeGreaterThan(140e6);
    expect(until - from).toBeLessThan(220e6);
    await rowOf(page, 'authenticate').getByText('earlier').waitFor();
    const steps = await page.evaluate(() => history.length);
    await page.getByRole('slider', { name: 'Start of what is drawn' }).press('ArrowLeft');
    await expect.poll(() => Number((parameters(page).zoom ?? '').split('-')[0])).toBeLessThan(from);
    await page.keyboard.press('+');
    await page.keyboard.press('+');
    await expect
      .poll(() =>
        (parameters(page).zoom ?? '')
          .split('-')
          .map(Number)
          .reduce((begin, end) => end - begin),
      )
      .toBeLessThan((until - from) / 3);
    expect(await page.evaluate(() => history.length)).toBe(steps);
    await page.keyboard.press('0');
    await expect.poll(() => parameters(page).zoom).toBeUndefined();
    await page.goBack();
    await expect.poll(() => parameters(page).zoom).toMatch(/^\d+-\d+$/);
    expect(problems).toEqual([]);
  });

  it.each([
    ['Timeline', 'slider', 'Spans over time'],
    ['Flame graph', 'slider', 'Spans by path'],
    ['Spans', 'table', 'Operations'],
    ['Services', 'table', 'Services'],
  ] as const)('is shown as %s', async (tab, role, name) => {
    const { page, problems } = await openTrace(DEMO_TRACES.failed);
    await page.getByRole('button', { name: tab, exact: true }).click();
    const shown = page.getByRole(role, { name });
    await shown.waitFor();
    expect(await barriers(page)).toEqual([]);
    if (role === 'slider') {
      await expect.poll(() => observersMade(page)).toBe(0);
      await shown.focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      await expect.poll(() => shown.getAttribute('aria-valuetext')).toMatch(/^(?:authenticate|place order), /);
      await page.keyboard.press('/');
      await page.keyboard.type('fraud');
      await page.getByRole('status').filter({ hasText: /^1$/ }).waitFor();
      await page.keyboard.press('Escape');
      await page.keyboard.press('n');
      await expect.poll(() => shown.getAttribute('aria-valuetext')).toMatch(/^fraud check, /);
    } else {
      await shown.getByRole('cell', { name: 'payments' }).first().waitFor();
    }
    if (tab === 'Services') {
      await shown.getByRole('button', { name: 'payments' }).press('Enter');
      await expect.poll(() => parameters(page)).toMatchObject({ view: 'spans', service: 'payments' });
      await expect.poll(() => page.getByRole('table', { name: 'Operations' }).getByRole('row').count()).toBe(4);
    }
    expect(problems).toEqual([]);
  });

  it('what is not as it should be is said, and what is not there', async () => {
    const { page, problems } = await openTrace(DEMO_TRACES.broken, '', { theme: 'light', width: 390 });
    await page.getByText(/parent of one span is missing/).waitFor();
    await rowOf(page, /Its parent was not received/).waitFor();
    await rowOf(page, /Moved in time/).waitFor();
    expect(await barriers(page)).toEqual([]);
    expect(problems).toEqual([]);
    const none = await openTrace('ee000000000000000000000000000009');
    await none.page.getByRole('heading', { name: 'No such trace' }).waitFor();
    expect(await barriers(none.page)).toEqual([]);
    expect(none.problems).toEqual(['404 /query/traces/ee000000000000000000000000000009/outline']);
  });

  it('is read again: what is open and folded stays so, and what has not arrived or failed is said', async () => {
    const { server } = product;
    const traceId = 'dd000000000000000000000000000009';
    const startMs = Date.now() - 200_000;
    const send = (spans: readonly (readonly [id: number, parent: number, name: string, at: number])[]) =>
      sendSigned(server.url, server, '/v1/traces', {
        spans: spans.map(([id, parent, name, at]) => ({
          traceId,
          spanId: String(id).padStart(16, '0'),
          ...(parent === 0 ? {} : { parentSpanId: String(parent).padStart(16, '0') }),
          name,
          service: 'web',
          kind: 'internal',
          startTime: new Date(startMs + at).toISOString(),
          durationMs: parent === 0 ? 100 : 10,
        })),
      });
    const sent = await send([
      [1, 0, 'the root', 0],
      [2, 1, 'fold me', 40],
      [3, 2, 'inside', 42],
      [4, 1, 'open me', 60],
    ]);
    expect(sent.status).toBe(202);
    await arrival(traceId, 4);
    const { page, problems } = await openTrace(traceId, '?span=0000000000000005');
    await page.getByText('The span 0000000000000005 has not arrived').waitFor();
    expect(await barriers(page)).toEqual([]);
    expect(parameters(page).span).toBe('0000000000000005');
    await page.getByRole('button', { name: 'Never mind' }).click();
    await expect.poll(() => parameters(page).span).toBeUndefined();

    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('h');
    await expect.poll(() => rowOf(page, 'inside').count()).toBe(0);
    await rowOf(page, 'open me').click();
    const heading = page.getByRole('article', { name: 'Span' }).getByRole('heading', { level: 2 });
    await expect.poll(() => heading.textContent()).toBe('open me');
    await send([[5, 1, 'came late', 20]]);
    await arrival(traceId, 5);
    await page.keyboard.press('r');
    await rowOf(page, 'came late').waitFor();
    expect(await heading.textContent()).toBe('open me');
    expect(await rowOf(page, 'open me').getAttribute('aria-selected')).toBe('true');
    expect(await rowOf(page, 'inside').count()).toBe(0);
    expect(parameters(page).span).toBe('0000000000000004');
    expect(problems).toEqual([]);

    await page.route('**/outline*', (route) => route.fulfill({ status: 500, body: '' }));
    await page.keyboard.press('r');
    await page.getByRole('alert').filter({ hasText: 'The trace could not be read again' }).waitFor();
    await rowOf(page, 'came late').waitFor();
    expect(await barriers(page)).toEqual([]);
    expect(problems).toEqual([`500 /query/traces/${traceId}/outline`]);
  });

  it('is compared with another one', async () => {
    const { page, problems } = await openTrace(DEMO_TRACES.good);
    await page.getByRole('button', { name: 'Compare' }).click();
    await page.getByLabel('Trace', { exact: true }).fill(`https://x.example/traces/${DEMO_TRACES.failed}?view=flame`);
    expect(await barriers(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Compare traces', level: 1 }).waitFor();
    const places = page.getByRole('table', { name: 'Places' });
    await places.getByRole('row', { name: /Only in the first.*send receipt/ }).waitFor();
    await places.getByRole('row', { name: /More often in the second.*SELECT items/ }).waitFor();
    await page.getByRole('button', { name: 'What changed' }).click();
    await expect.poll(() => places.getByRole('row', { name: /fraud check/ }).count()).toBe(0);
    expect(await barriers(page)).toEqual([]);
    expect(problems).toEqual([]);
  });
});
