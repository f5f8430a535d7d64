import type { TraceFunnelAnswer } from '@aegisguard/model';
import { sendSigned, signIn } from '@aegisguard/testkit';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { barriers, type OpenPage, type Sight } from '../../testing/open-page.ts';
import { runProduct } from '../../testing/run-product.ts';
import { EMPTY_STEP, type FunnelStep, parseFunnelsView, printFunnelsView, saidOfStep } from './funnels-view.ts';

const TRACES = 40;
const product = runProduct();

const idOf = (number: number, length: number): string => (number + 1).toString(16).padStart(length, 'f');

/** Trace n: an order that three of four pay, which fails for one in ten, and of which every second is sent. */
function spansOf(number: number, nowMs: number): readonly object[] {
  const startMs = nowMs - 60_000 - number * 30_000;
  const rootId = idOf(4 * number, 16);
  const span = (place: number, service: string, name: string, afterMs: number, given: object = {}) => ({
    traceId: idOf(number, 32),
    spanId: idOf(4 * number + place, 16),
    ...(place === 0 ? {} : { parentSpanId: rootId }),
    service,
    name,
    startTime: new Date(startMs + afterMs).toISOString(),
    durationMs: 30 + number,
    ...given,
  });
  const isPaid = number % 4 !== 3;
  return [
    span(0, 'shop', 'POST /orders', 0, { kind: 'server', attributes: { 'customer.tier': 'gold' } }),
    ...(isPaid
      ? [span(1, 'bank', 'charge', 5 + number, { kind: 'server', status: number % 10 === 0 ? 'error' : 'ok' })]
      : []),
    ...(isPaid && number % 2 === 0 ? [span(2, 'depot', 'pack', 300 + 3 * number)] : []),
  ];
}

const STEPS: readonly FunnelStep[] = [
  { ...EMPTY_STEP, name: 'Ordered', service: 'shop', operation: 'POST /orders' },
  { ...EMPTY_STEP, name: 'Paid', service: 'bank' },
  { ...EMPTY_STEP, query: '{ name = "pack" && kind != client }' },
];

function searchOf(steps: readonly FunnelStep[], at?: number): string {
  return `?${printFunnelsView({ steps, range: { from: 'now-1h', to: 'now' }, refresh: 0, at })}`;
}

const openFunnels = (search = '', sight: Sight = {}): Promise<OpenPage> =>
  product.open(`/traces/funnels${search}`, 'Trace funnels', sight);

const stepsOf = (page: Page) => parseFunnelsView(new URL(page.url()).searchParams).steps;
const servicesOf = (page: Page) => stepsOf(page).map(({ service }) => service);

async function choose(page: Page, label: string, text: string): Promise<void> {
  await page.getByRole('combobox', { name: label }).fill(text);
  await page.getByRole('combobox', { name: label }).press('Enter');
}

beforeAll(async () => {
  const nowMs = Date.now();
  const spans = Array.from({ length: TRACES }, (_, number) => spansOf(number, nowMs)).flat();
  const sent = await sendSigned(product.server.url, product.server, '/v1/traces', { spans });
  expect(sent.status).toBe(202);
  const { url, adminEmail, adminPassword } = product.server;
  const api = await signIn(url, adminEmail, adminPassword);
  await vi.waitFor(async () => {
    const answer = await api.post('/query/traces/funnel', { steps: STEPS.map(saidOfStep) });
    expect(((await answer.json()) as TraceFunnelAnswer).steps.map(({ traceCount }) => traceCount)).toEqual([
      40, 30, 20,
    ]);
  }, 60_000);
});

describe('the funnels of traces', () => {
  it('are made by pointing, step by step, from the page of traces', async () => {
    const { page, problems } = await product.open('/traces', 'Traces');
    await page.getByRole('navigation', { name: 'Pages of traces' }).getByRole('link', { name: 'Funnels' }).click();
    await page.getByRole('heading', { name: 'Say which spans are of each step' }).waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('combobox', { name: 'Service of step 1' }).focus();
    await expect
      .poll(() =>
        page.locator('datalist option').evaluateAll((options) => options.map((option) => option.getAttribute('value'))),
      )
      .toContain('shop');
    await choose(page, 'Service of step 1', 'shop');
    await choose(page, 'Span name of step 1', 'POST /orders');
    await choose(page, 'Service of step 2', 'bank');
    await page.getByText('30 of 40 traces came through').waitFor();
    const failedOnly = page.getByRole('checkbox', { name: 'Only spans with errors in step 2' });
    await failedOnly.click();
    await page.getByText('4 of 40 traces came through').waitFor();
    await failedOnly.click();
    await page.getByRole('button', { name: 'Add a step' }).click();
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
      .toBe('Name of step 3');
    const condition = page.getByRole('textbox', { name: 'TraceQL of step 3' });
    await condition.fill('{ name = "pack" }');
    // It counts when the field is left, too.
    await page.getByRole('heading', { name: 'Trace funnels', level: 1 }).click();
    await page.getByText('20 of 40 traces came through').waitFor();
    expect(problems).toEqual([]);
  });
});

it('puts steps in another order, by keys and by mouse', async () => {
  const { page, problems } = await openFunnels(searchOf(STEPS));
  await page.getByText('20 of 40 traces came through').waitFor();
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
  await page.getByRole('button', { name: 'Move step 2 up' }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => servicesOf(page)).toEqual(['bank', 'shop', '']);
  // It cannot go further up, so the focus waits at the way back.
  await expect.poll(focused).toBe('Move step 1 down');
  // No order comes after its payment.
  await page.getByText('0 of 30 traces came through').waitFor();
  await page.keyboard.press('Enter');
  await expect.poll(() => servicesOf(page)).toEqual(['shop', 'bank', '']);
  await expect.poll(focused).toBe('Move step 2 down');
  await page.getByTitle('Drag to move').last().dragTo(page.getByTitle('Drag to move').first());
  await expect.poll(() => servicesOf(page)).toEqual(['', 'shop', 'bank']);
  await page.getByRole('button', { name: 'Remove step 1' }).click();
  await expect.poll(() => servicesOf(page)).toEqual(['shop', 'bank']);
  await page.getByText('30 of 40 traces came through').waitFor();
  expect(await page.getByRole('button', { name: 'Remove step 1' }).isDisabled()).toBe(true);
  expect(problems).toEqual([]);
});

it('takes dragged text into a field, and moves no step by it', async () => {
  const { page, problems } = await openFunnels(searchOf(STEPS));
  await page.getByText('20 of 40 traces came through').waitFor();
  const from = page.getByRole('textbox', { name: 'Name of step 1' });
  const to = page.getByRole('textbox', { name: 'Name of step 3' });
  await from.fill('dragged');
  await from.selectText();
  await from.dragTo(to, { sourcePosition: { x: 20, y: 12 } });
  await expect.poll(() => to.inputValue()).toBe('dragged');
  expect(await servicesOf(page)).toEqual(['shop', 'bank', '']);
  expect(problems).toEqual([]);
});

it('lists traces of a step, which open at its span, and all of them as a search', async () => {
  const { page, problems } = await openFunnels(searchOf(STEPS));
  const slowest = page.getByRole('list', { name: 'Slowest from the first step to the last' });
  expect(await slowest.getByRole('listitem').first().textContent()).toContain('414 ms');
  await page
    .getByRole('list', { name: 'Steps of the funnel' })
    .getByRole('button', { name: /2 Paid/ })
    .click();
  await expect.poll(() => new URL(page.url()).searchParams.get('at')).toBe('2');
  await page.getByRole('list', { name: 'Lost after this step' }).getByRole('link').first().waitFor();
  const table = page.getByRole('table', { name: 'From step to step' });
  await table.getByRole('row', { name: /1 → 2 Ordered → Paid 30 75% 10 4 / }).waitFor();
  await page.getByRole('list', { name: 'With an error in this step' }).getByRole('link').first().click();
  await page.getByRole('article', { name: 'Span' }).getByRole('heading', { name: 'charge' }).waitFor();
  expect(new URL(page.url()).searchParams.get('span')).toBe(idOf(1, 16));
  await page.getByRole('link', { name: 'Begin a funnel with spans like this' }).click();
  await page.getByRole('heading', { name: 'Trace funnels', level: 1 }).waitFor();
  expect(stepsOf(page)).toEqual([{ ...EMPTY_STEP, service: 'bank', operation: 'charge' }, EMPTY_STEP]);
  await page.goBack();
  await page.goBack();
  await page.getByRole('link', { name: 'Open as a search' }).click();
  await page.getByRole('heading', { name: 'Traces', level: 1 }).waitFor();
  expect(new URL(page.url()).searchParams.get('q')).toBe(
    '({ resource.service.name = "shop" && name = "POST /orders" }) && ({ resource.service.name = "bank" })',
  );
  await page.getByRole('status').getByText('30 traces', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Begin a funnel with this query' }).click();
  await page.getByRole('heading', { name: 'Trace funnels', level: 1 }).waitFor();
  expect(stepsOf(page)[0]?.query).toContain('"POST /orders"');
  expect(problems).toEqual([]);
});

it('says what is wrong with a step, and where no trace enters', async () => {
  const wrong = STEPS.with(2, { ...EMPTY_STEP, query: '{ name = }' });
  const { page, problems } = await openFunnels(searchOf(wrong));
  await page
    .getByRole('alert')
    .getByText(/^Step 3: At position 9/)
    .waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('textbox', { name: 'TraceQL of step 3' }).fill('{ name = "pack" }');
  await page.getByRole('textbox', { name: 'TraceQL of step 3' }).press('Control+Enter');
  await page.getByText('20 of 40 traces came through').waitFor();
  await choose(page, 'Service of step 1', 'nobody');
  await page.getByRole('heading', { name: 'No trace enters the funnel in this time range' }).waitFor();
  expect(await barriers(page)).toEqual([]);
  expect(problems).toEqual(['400 /query/traces/funnel']);
});

it('is saved for everyone, and opened again', async () => {
  const { page, problems } = await openFunnels(searchOf(STEPS));
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('menuitem', { name: 'Save as a new view…' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Orders to depot');
  await page.getByLabel('Everyone in the organization may use it').check();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('button', { name: 'Orders to depot' }).waitFor();
  const other = await openFunnels();
  await other.page.getByRole('button', { name: 'Views' }).click();
  await other.page.getByRole('menuitem', { name: /Orders to depot/ }).click();
  await other.page.getByText('20 of 40 traces came through').waitFor();
  expect(stepsOf(other.page)).toEqual(STEPS);
  await page.getByRole('button', { name: 'Orders to depot' }).click();
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Delete the view “Orders to depot”?' });
  await dialog.getByText('It is gone for everyone in the organization. Traces stay,').waitFor();
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Views' }).waitFor();
  expect([...problems, ...other.problems]).toEqual([]);
});

it.each([
  ['dark', 1440],
  ['light', 390],
  ['dark', 768],
  ['dark', 1280],
] as const)('has no barriers, %s, %i pixels wide', async (theme, width) => {
  const long =
    'a-service-with-a-very-long-name-that-goes-on.and-on/and/on GET /api/v1/organizations/:organizationId/members/:memberId';
  const { page, problems } = await openFunnels(
    searchOf(STEPS.with(1, { ...EMPTY_STEP, service: 'bank', name: long }), 2),
    { theme, width },
  );
  await page.getByRole('list', { name: 'Steps of the funnel' }).waitFor();
  await page.getByRole('list', { name: 'Lost after this step' }).getByRole('link').first().waitFor();
  await page.getByRole('slider', { name: 'Traces by the time at which they entered' }).waitFor();
  expect(await barriers(page)).toEqual([]);
  // Nothing of the page lies beyond the window, or beyond the frame around it.
  const beyond = await page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('section, section > div')]
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
      .map(({ outerHTML }) => outerHTML.slice(0, 200)),
  );
  expect(beyond).toEqual([]);
  expect(problems).toEqual([]);
});
