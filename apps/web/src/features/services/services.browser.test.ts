import { sendLogs, sendSigned } from '@aegisguard/testkit';
import { beforeAll, expect, it } from 'vitest';
import { barriers, type OpenPage, type Sight } from '../../testing/open-page.ts';
import { runProduct } from '../../testing/run-product.ts';

const product = runProduct();
const TRACES = 20;
const BEGAN_MS = Date.now() - 10 * 60_000;
const id = (number: number, digits: number) => number.toString(16).padStart(digits, '0');

/** Requests to a shop that asks a database and a service, which fails at every fifth. */
function spansOf(trace: number): readonly object[] {
  const traceId = id(trace + 1, 32);
  const startMs = BEGAN_MS + trace * 1000;
  const time = (ms: number) => new Date(startMs + ms).toISOString();
  const spanId = (number: number) => id((trace + 1) * 10 + number, 16);
  const isError = trace % 5 === 0;
  const version = trace < TRACES / 2 ? '1.0' : '1.1';
  const env = trace % 2 === 0 ? 'production' : 'staging';
  const resource = { 'deployment.environment.name': env };
  return [
    {
      traceId,
      spanId: spanId(1),
      name: 'GET /cart',
      service: 'shop',
      kind: 'server',
      startTime: time(0),
      endTime: time(90),
      version,
      resource,
    },
    {
      ...{ traceId, spanId: spanId(2), parentSpanId: spanId(1), name: 'SELECT carts', service: 'shop', kind: 'client' },
      ...{
        startTime: time(5),
        endTime: time(25),
        attributes: { 'db.system.name': 'postgresql', 'db.namespace': 'shop' },
      },
      version,
      resource,
    },
    {
      ...{ traceId, spanId: spanId(3), parentSpanId: spanId(1), name: 'POST /charge', service: 'shop', kind: 'client' },
      ...{ startTime: time(30), endTime: time(80), status: isError ? 'error' : 'unset' },
      version,
      resource,
    },
    {
      ...{
        traceId,
        spanId: spanId(4),
        parentSpanId: spanId(3),
        name: 'POST /charge',
        service: 'payments',
        kind: 'server',
      },
      ...{ startTime: time(32), endTime: time(78), status: isError ? 'error' : 'unset', resource },
    },
  ];
}

const open = (path: string, title: string, sight: Sight = {}): Promise<OpenPage> => product.open(path, title, sight);

beforeAll(async () => {
  const spans = Array.from({ length: TRACES }, (_, trace) => spansOf(trace)).flat();
  const answer = await sendSigned(product.server.url, product.server, '/v1/traces', { spans });
  expect(answer.status).toBe(202);
  const logs = [{ service: 'payments', level: 'info', message: 'charged', traceId: id(2, 32), spanId: id(24, 16) }];
  const timestamp = new Date(BEGAN_MS + 1040).toISOString();
  const sent = await sendLogs(
    product.server.url,
    product.server,
    logs.map((log) => ({ ...log, timestamp })),
  );
  expect(sent.status).toBe(202);
});

it('leads from the list to a service, its operations and dependencies', async () => {
  const { page, problems } = await open('/services?refresh=5', 'Services', { theme: 'dark' });
  const table = page.getByRole('table', { name: 'Services' });
  await table.getByRole('row', { name: /payments .* 20% / }).waitFor({ timeout: 90_000 });
  expect(await barriers(page)).toEqual([]);
  await table.getByRole('link', { name: 'shop' }).click();
  await page.getByRole('heading', { name: 'shop', level: 1 }).waitFor();
  await page.getByRole('slider', { name: 'Calls over time' }).waitFor();
  const operations = page.getByRole('table', { name: 'Operations' });
  await operations.getByRole('row', { name: /GET \/cart/ }).waitFor();
  const calls = page.getByRole('region', { name: 'Calls', exact: true }).last();
  await calls.getByText('payments').waitFor({ timeout: 90_000 });
  expect(await barriers(page)).toEqual([]);
  await operations.getByRole('button', { name: 'GET /cart' }).click();
  await page.getByTitle('Remove the filter: Operation GET /cart').waitFor();
  await page.getByText('By version').click();
  await page.getByRole('region', { name: 'Duration, p99' }).getByText('1.1', { exact: true }).first().waitFor();
  await page.getByRole('combobox', { name: 'Environment' }).selectOption('staging');
  await page.getByText('10 in all.').waitFor();
  await operations
    .getByRole('row', { name: /GET \/cart/ })
    .getByRole('link')
    .first()
    .click();
  await page.getByRole('heading', { name: 'Traces', level: 1 }).waitFor();
  await expect.poll(() => new URL(page.url()).searchParams.get('q')).toContain('"staging"');
  await page.getByRole('table', { name: 'Traces' }).getByRole('link', { name: 'GET /cart' }).last().click();
  const spans = page.getByRole('treegrid', { name: 'Spans' });
  await spans.getByRole('row', { name: /payments/ }).click();
  const span = page.getByRole('article', { name: 'Span' });
  await span.getByRole('tab', { name: 'Logs' }).click();
  await span.getByText('charged').waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.goBack();
  await page.goBack();
  await page.goBack();
  await page.getByRole('heading', { name: 'shop', level: 1 }).waitFor();
  expect(problems).toEqual([]);
}, 240_000);

it('draws the map, and says what is known of a node', async () => {
  const { page, problems } = await open('/services/map?refresh=5', 'Services', { theme: 'light' });
  await page.getByRole('button', { name: /payments/ }).waitFor({ timeout: 90_000 });
  await page.getByRole('button', { name: /^Database shop/ }).waitFor({ timeout: 90_000 });
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('button', { name: /^Service payments/ }).click();
  const panel = page.getByRole('complementary', { name: 'About payments' });
  await panel.getByRole('region', { name: 'Called by' }).getByRole('button', { name: 'shop' }).click();
  const shop = page.getByRole('complementary', { name: 'About shop' });
  await shop.getByRole('region', { name: 'Calls' }).getByRole('button', { name: 'payments' }).waitFor();
  expect(await barriers(page)).toEqual([]);
  await shop.getByRole('button', { name: 'Only its surroundings' }).click();
  await page.getByTitle('Remove the filter: Around shop').waitFor();
  const node = page.getByRole('button', { name: /^Service shop/ });
  const before = await node.boundingBox();
  await page.keyboard.press('ArrowLeft');
  await expect.poll(async () => ((await node.boundingBox())?.x ?? 0) - (before?.x ?? 0)).toBeGreaterThan(40);
  await page.keyboard.press('0');
  await expect.poll(async () => (await node.boundingBox())?.x).toBe(before?.x);
  await page.getByRole('button', { name: 'Database', exact: true }).click();
  await page.getByText('3 of 4 nodes').waitFor();
  await page.getByRole('combobox', { name: 'Health' }).selectOption('danger');
  await page.getByRole('button', { name: 'Table' }).click();
  const edges = page.getByRole('table', { name: 'Edges' });
  await expect.poll(() => edges.getByRole('row').count()).toBe(2);
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('combobox', { name: 'Environment' }).selectOption('staging');
  await edges
    .getByRole('row', { name: /shop payments/ })
    .getByRole('link', { name: 'Traces' })
    // The one of before the choice is there for a moment still.
    .and(page.locator('[href*=staging]'))
    .click();
  await page.getByRole('heading', { name: 'Traces', level: 1 }).waitFor();
  expect(new URL(page.url()).searchParams.get('q')).toContain('"staging"');
  await page.getByRole('table', { name: 'Traces' }).getByRole('link', { name: 'GET /cart' }).first().waitFor();
  expect(problems).toEqual([]);
}, 240_000);

it('shows no answer to another question while it waits for its own', async () => {
  const { page, problems } = await open('/services/map', 'Services');
  let answer = Promise.withResolvers<void>();
  await page.route(/\/query\/services(\/map)?$/, async (route) => {
    await answer.promise;
    await route.continue();
  });
  const nodes = page.getByRole('button', { name: /^Service / });
  answer.resolve();
  await nodes.filter({ hasText: 'shop' }).click();
  answer = Promise.withResolvers();
  await page.getByRole('button', { name: 'Only its surroundings' }).click();
  await page.getByTitle('Remove the filter: Around shop').waitFor();
  await expect.poll(() => nodes.count()).toBe(0);
  answer.resolve();
  await nodes.filter({ hasText: 'shop' }).waitFor();
  answer = Promise.withResolvers();
  await page.getByRole('combobox', { name: 'How far around' }).selectOption('5');
  await expect.poll(() => nodes.count()).toBe(0);
  answer.resolve();
  await nodes.filter({ hasText: 'shop' }).waitFor();
  await page.getByRole('link', { name: 'List', exact: true }).click();
  const rows = page.getByRole('table', { name: 'Services' }).getByRole('row');
  await rows.filter({ hasText: 'shop' }).waitFor();
  answer = Promise.withResolvers();
  await page.getByRole('combobox', { name: 'Order' }).selectOption('name');
  await expect.poll(() => rows.count()).toBe(0);
  answer.resolve();
  await rows.filter({ hasText: 'shop' }).waitFor();
  expect(problems).toEqual([]);
});

it('has no barriers on a narrow screen', async () => {
  for (const [path, title] of [
    ['/services', 'Services'],
    ['/services/map', 'Services'],
    ['/services/service?service=shop', 'shop'],
  ] as const) {
    const { page, problems } = await open(path, title, { theme: 'dark', width: 390 });
    await page.getByText('payments').first().waitFor({ timeout: 90_000 });
    expect(await barriers(page)).toEqual([]);
    expect(problems).toEqual([]);
  }
}, 240_000);

it('traces to keep are chosen, counted and saved', async () => {
  const { page, problems } = await open('/settings/trace-sampling', 'Trace sampling', { theme: 'dark' });
  await page.getByLabel('Delete traces that no rule keeps').check();
  await page.getByRole('combobox', { name: 'Add a rule' }).selectOption('share');
  await page.getByRole('list', { name: 'Rules' }).getByText('Name a service.').waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.getByLabel('Service of the root span').last().fill('payments');
  await page.getByLabel('Day (UTC)').fill(new Date(BEGAN_MS).toISOString().slice(0, 10));
  // The spans may not be stored yet.
  await expect
    .poll(async () => {
      await page.getByRole('button', { name: 'Count' }).click();
      return page.getByRole('status').filter({ hasText: 'would stay' }).count();
    })
    .toBe(1);
  await page.getByRole('button', { name: 'Save' }).click();
  const question = page.getByRole('alertdialog', { name: 'Delete traces from now on?' });
  await question.getByText(/cannot be brought back/).waitFor();
  expect(await barriers(page)).toEqual([]);
  await question.getByRole('button', { name: 'Cancel' }).click();
  await page.getByText('There are changes that are not saved.').waitFor();
  await page.getByRole('button', { name: 'Save' }).click();
  await question.getByRole('button', { name: 'Save and delete traces' }).click();
  await page.getByText(/^Saved/).waitFor();
  expect(await barriers(page)).toEqual([]);
  expect(problems).toEqual([]);
});
