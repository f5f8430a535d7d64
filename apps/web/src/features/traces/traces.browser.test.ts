import { sendSigned } from '@aegisguard/testkit';
import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { barriers, type OpenPage, type Sight } from '../../testing/open-page.ts';
import { runProduct } from '../../testing/run-product.ts';

const MINUTE_MS = 60_000;
/** Traces that are sent. */
const TRACES = 60;

const product = runProduct();

function idOf(number: number, length: number): string {
  return (number + 1).toString(16).padStart(length, 'c');
}

/** A trace of a request and the call it makes; every tenth fails, every twelfth is slow. */
function spansOf(number: number, nowMs: number): readonly object[] {
  const traceId = idOf(number, 32);
  const startMs = nowMs - 2 * MINUTE_MS - number * 20_000;
  const isFailed = number % 10 === 0;
  const durationMs = number % 12 === 0 ? 2500 + number : 20 + number;
  const resource = {
    'service.version': '1.4.2',
    'deployment.environment.name': 'production',
    'process.command': 'node',
    'process.command_args': 'main.js',
  };
  const rootId = idOf(2 * number, 16);
  return [
    {
      traceId,
      spanId: rootId,
      name: number % 2 === 0 ? 'GET /cart' : 'POST /checkout',
      service: 'frontend',
      kind: 'server',
      startTime: new Date(startMs).toISOString(),
      durationMs,
      status: isFailed ? 'error' : 'ok',
      attributes: {
        'http.response.status_code': isFailed ? 500 : 200,
        'http.route': number % 2 === 0 ? '/cart' : '/checkout',
      },
      resource,
    },
    {
      traceId,
      spanId: idOf(2 * number + 1, 16),
      parentSpanId: rootId,
      name: 'SELECT orders',
      service: 'orders',
      kind: 'client',
      startTime: new Date(startMs + 2).toISOString(),
      durationMs: durationMs / 2,
      attributes: { 'db.system.name': 'postgresql' },
      resource,
    },
  ];
}

const openTraces = (search = '', sight: Sight = {}): Promise<OpenPage> =>
  product.open(`/traces${search}`, 'Traces', sight);

const asked = (query: string): string => `?q=${encodeURIComponent(query)}`;

function rows(page: Page): Locator {
  return page.getByRole('table', { name: 'Traces' }).locator('[data-row]');
}

function parameters(page: Page): Record<string, string> {
  return Object.fromEntries(new URL(page.url()).searchParams);
}

/** Waits until the page says that it has found so many traces. */
async function expectCount(page: Page, count: string): Promise<void> {
  await page.getByRole('status').getByText(count, { exact: true }).waitFor();
}

async function run(page: Page, query: string): Promise<void> {
  await page.getByRole('textbox', { name: 'TraceQL query' }).fill(query);
  await page.getByRole('textbox', { name: 'TraceQL query' }).press('Enter');
}

describe('an organization without spans', () => {
  it('shows how to send some, and shows them when they come', async () => {
    const { page, problems } = await openTraces();
    await page.getByRole('heading', { name: 'No spans yet' }).waitFor();
    expect(await barriers(page)).toEqual([]);
    const spans = spansOf(0, Date.now());
    const sent = await sendSigned(product.server.url, product.server, '/v1/traces', { spans });
    expect(sent.status).toBe(202);
    await rows(page).getByRole('link', { name: 'GET /cart' }).waitFor();
    expect(problems).toEqual([]);
  });
});

describe('the traces explorer', () => {
  beforeAll(async () => {
    const nowMs = Date.now();
    const spans = Array.from({ length: TRACES }, (_, number) => spansOf(number, nowMs)).flat();
    const sent = await sendSigned(product.server.url, product.server, '/v1/traces', { spans });
    expect(sent.status).toBe(202);
    const { page } = await openTraces('?refresh=5');
    await expectCount(page, '50 traces loaded');
    await page.getByRole('button', { name: 'Load more' }).click();
    await expectCount(page, `${TRACES} traces`);
  });

  it.each([
    ['dark', 1440],
    ['light', 390],
  ] as const)('has no barriers, %s, %i pixels wide', async (theme, width) => {
    const { page, problems } = await openTraces('', { theme, width });
    await rows(page).first().waitFor();
    expect(await barriers(page)).toEqual([]);
    for (const chart of ['Durations', 'Traces']) {
      await page.getByRole('group', { name: 'Chart' }).getByRole('button', { name: chart }).click();
      await page
        .getByRole('region', { name: chart === 'Traces' ? 'Traces by start and duration' : 'Spans by duration' })
        .waitFor();
    }
    await page.getByRole('button', { name: 'Filter by attribute' }).click();
    await page.getByRole('combobox', { name: 'Field' }).waitFor();
    expect(await barriers(page)).toEqual([]);
    // Nothing of the page lies beyond the window.
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    expect(problems).toEqual([]);
  });

  it('finds what TraceQL asks for, opens matching spans, and steps by keys', async () => {
    const { page, problems } = await openTraces();
    await rows(page).first().waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('{ status = error && span.http.route = "/cart" }');
    await page.keyboard.press('Control+Enter');
    await expectCount(page, '6 traces');
    expect(parameters(page).q).toBe('{ status = error && span.http.route = "/cart" }');
    // Out of the field.
    await page.getByRole('heading', { name: 'Traces', level: 1 }).click();
    await page.keyboard.press('j');
    await page.keyboard.press('e');
    const matched = page.getByRole('list', { name: 'Matching spans' });
    await matched.getByRole('link', { name: 'GET /cart' }).waitFor();
    await matched.getByText('span.http.route=/cart').waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForURL(new RegExp(`/traces/${idOf(10, 32)}`));
    expect(problems).toEqual([]);
  });

  it('completes from a long list, which the keyboard reaches and leaves', async () => {
    const { page, problems } = await openTraces();
    await rows(page).first().waitFor();
    const editor = page.getByRole('textbox', { name: 'TraceQL query' });
    await editor.fill('{ ');
    const list = page.getByRole('listbox', { name: 'Completions' });
    await expect.poll(() => list.evaluate((element) => element.scrollHeight > element.clientHeight)).toBe(true);
    expect(await barriers(page)).toEqual([]);
    const isFocused = (of: Locator) => of.evaluate((element) => element.matches(':focus'));
    await page.keyboard.press('Tab');
    await expect.poll(() => isFocused(list)).toBe(true);
    const chosen = list.locator('[aria-selected]');
    const before = await chosen.textContent();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => chosen.textContent()).not.toBe(before);
    expect(await isFocused(editor)).toBe(true);
    await page.keyboard.press('Tab');
    await expect.poll(() => isFocused(list)).toBe(true);
    await page.keyboard.press('Escape');
    await list.waitFor({ state: 'detached' });
    expect(await isFocused(editor)).toBe(true);
    expect(problems).toEqual([]);
  });

  it('says where a query is wrong', async () => {
    const { page } = await openTraces();
    await rows(page).first().waitFor();
    await run(page, '{ name = }');
    await page.getByRole('alert').first().waitFor();
    await page.getByText('The form comes back when the query is understood.').waitFor();
    expect(await barriers(page)).toEqual([]);
  });

  it('is filtered by the form, which reads and writes the text', async () => {
    const { page, problems } = await openTraces(asked('{ kind = server || kind = client }'));
    const form = page.getByRole('list', { name: 'Conditions of the query' });
    await form.getByText('(kind = server || kind = client)').waitFor();
    await form.getByRole('button', { name: 'Filter by duration' }).click();
    await page.getByRole('textbox', { name: 'At least' }).fill('1s');
    await page.keyboard.press('Enter');
    await expectCount(page, '5 traces');
    expect(parameters(page).q).toBe('{ (kind = server || kind = client) && duration >= 1s }');
    await form.getByRole('button', { name: 'Filter by service' }).click();
    await page.getByRole('combobox', { name: 'Value' }).fill('orders');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.waitForURL((url) => url.searchParams.get('q')?.includes('resource.service.name = "orders"') ?? false);
    await form.getByRole('button', { name: /^Remove Duration/ }).click();
    await page.waitForURL((url) => url.searchParams.get('q')?.includes('duration') === false);
    await form.getByRole('button', { name: 'Root spans only' }).click();
    await page.getByRole('heading', { name: 'No traces match' }).waitFor();
    await page.getByRole('button', { name: 'Show all traces' }).click();
    await expectCount(page, '50 traces loaded');
    expect(parameters(page)).toEqual({});
    await run(page, '{ kind = server } >> { kind = client }');
    await page.getByText('This query does not begin with one filter, so the form leaves it to the text.').waitFor();
    expect(problems).toEqual([]);
  });

  it('is filtered by facets and by the charts', async () => {
    const { page, problems } = await openTraces();
    const facets = page.getByRole('complementary', { name: 'Facets' });
    await facets
      .getByRole('list', { name: 'Values of Service' })
      .getByRole('button', { name: /^frontend/ })
      .click();
    await page.waitForURL((url) => url.searchParams.get('q') === '{ resource.service.name = "frontend" }');
    await facets
      .getByRole('list', { name: 'Values of HTTP status' })
      .getByRole('button', { name: /^500/ })
      .click({ modifiers: ['Alt'] });
    await page.waitForURL(
      (url) => url.searchParams.get('q')?.endsWith('span.http.response.status_code != 500 }') ?? false,
    );
    await facets
      .getByRole('list', { name: 'Values of Service' })
      .getByRole('button', { name: /^frontend/, pressed: true })
      .waitFor();
    const added = facets.getByRole('combobox', { name: 'Add a facet' });
    await added.fill('duration');
    await added.press('Enter');
    await facets.getByText('duration is no attribute').waitFor();
    await added.fill('http.route');
    await added.press('Enter');
    const route = facets.getByRole('region', { name: '.http.route', exact: true });
    await route.getByRole('button', { name: /^\/checkout/ }).waitFor();
    expect(new URL(page.url()).searchParams.getAll('facet')).toEqual(['.http.route']);
    expect(await barriers(page)).toEqual([]);
    await route.getByRole('button', { name: 'Remove the facet .http.route' }).click();
    await expect.poll(() => route.count()).toBe(0);
    await page.getByRole('group', { name: 'Chart' }).getByRole('button', { name: 'Durations' }).click();
    const histogram = page.getByRole('slider', { name: /^Spans by duration/ });
    await histogram.focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.searchParams.get('q')?.includes('duration > ') ?? false);
    await page.getByRole('group', { name: 'Chart' }).getByRole('button', { name: 'Spans', exact: true }).click();
    await page.getByRole('slider', { name: /^Spans over time/ }).focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Shift+PageUp');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.searchParams.has('from'));
    expect(problems).toEqual([]);
  });

  it('a facet is added by its whole name, also where another begins so, or by a suggestion', async () => {
    const { page, problems } = await openTraces();
    const facets = page.getByRole('complementary', { name: 'Facets' });
    const added = facets.getByRole('combobox', { name: 'Add a facet' });
    await added.focus();
    await facets.locator('option[value="resource.process.command"]').waitFor({ state: 'attached' });
    await added.pressSequentially('resource.process.command_args');
    expect(await added.inputValue()).toBe('resource.process.command_args');
    expect(parameters(page)).toEqual({});
    await added.press('Enter');
    const region = (name: string): Locator => facets.getByRole('region', { name, exact: true });
    await region('resource.process.command_args')
      .getByRole('button', { name: /^main\.js/ })
      .waitFor();
    expect(await added.inputValue()).toBe('');
    expect(await added.evaluate((field) => field === document.activeElement)).toBe(true);
    // As a browser tells of a suggestion that was picked.
    await added.evaluate((field: HTMLInputElement) => {
      const value = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value');
      value?.set?.call(field, 'resource.process.command');
      field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertReplacementText' }));
    });
    await region('resource.process.command').getByRole('button', { name: /^node/ }).waitFor();
    expect(new URL(page.url()).searchParams.getAll('facet')).toEqual([
      'resource.process.command_args',
      'resource.process.command',
    ]);
    expect(problems).toEqual([]);
  });

  it('what another span has is no facet, also when an address says so', async () => {
    const { page, problems } = await openTraces('?facet=parent.http.route&facet=.http.route');
    const facets = page.getByRole('complementary', { name: 'Facets' });
    await facets
      .getByRole('region', { name: '.http.route', exact: true })
      .getByRole('button', { name: /^\/cart/ })
      .waitFor();
    await facets.getByText('parent.http.route cannot be counted.').waitFor();
    expect(await barriers(page)).toEqual([]);
    await facets.getByRole('button', { name: 'Remove the facet parent.http.route' }).click();
    await expect.poll(() => new URL(page.url()).searchParams.getAll('facet')).toEqual(['.http.route']);
    const added = facets.getByRole('combobox', { name: 'Add a facet' });
    await added.fill('parent.http.route');
    await added.press('Enter');
    await facets.getByText('parent.http.route is of another span').waitFor();
    expect(problems).toEqual([]);
  });

  it('two traces are picked to be compared, and a pasted id opens its trace', async () => {
    const { page } = await openTraces();
    await rows(page).first().waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await page.getByRole('region', { name: 'Compare' }).getByRole('link', { name: 'Compare' }).click();
    await page.waitForURL(new RegExp(`/traces/${idOf(0, 32)}/compare/${idOf(1, 32)}$`));
    await page.goBack();
    await rows(page).first().waitFor();
    await run(page, ` ${idOf(7, 32).toUpperCase()} `);
    await page.waitForURL(new RegExp(`/traces/${idOf(7, 32)}$`));
  });

  it('a query of numbers is a chart, whose exemplars open traces', async () => {
    const { page, problems } = await openTraces(asked('{ } | rate() by (resource.service.name)'));
    await expectCount(page, '2 series');
    await run(page, '{ } | histogram_over_time(duration)');
    await page.getByRole('img', { name: /^Spans by value over time: / }).waitFor();
    expect(await barriers(page)).toEqual([]);
    await run(page, '{ } | compare({ status = error })');
    const compared = page.getByRole('region', { name: 'span.http.response.status_code' });
    await compared.getByText('chosen 100%').waitFor();
    expect(await barriers(page)).toEqual([]);
    await run(page, '({ } | histogram_over_time(duration)) * 2');
    await page.getByRole('slider', { name: 'Metrics of spans over time' }).waitFor();
    await run(page, '{ } | rate() by (resource.service.name)');
    await expectCount(page, '2 series');
    await page.getByRole('slider', { name: 'Metrics of spans over time' }).waitFor();
    expect(await barriers(page)).toEqual([]);
    await page
      .getByRole('button', { name: /^Exemplar, .*: open trace / })
      .filter({ visible: true })
      .first()
      // One may lie over another.
      .press('Enter');
    await page.waitForURL(/\/traces\/c+[0-9a-f]+\?span=/);
    expect(problems).toEqual([]);
  });

  it('is kept as a saved view', async () => {
    const { page, problems } = await openTraces(`${asked('{ status = error }')}&sort=slowest`);
    await expectCount(page, '6 traces');
    await page.keyboard.press('v');
    await page.getByRole('menuitem', { name: 'Save as a new view…' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Failures');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Failures' }).waitFor();
    expect(problems).toEqual([]);
  });
});
