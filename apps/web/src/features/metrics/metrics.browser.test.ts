import { sendLogs, signIn } from '@aegisguard/testkit';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { sendDemoMetrics } from '../../testing/demo-metrics.ts';
import { dragAtOnce, dragOver } from '../../testing/drag-over.ts';
import { barriers, type OpenPage, type Sight } from '../../testing/open-page.ts';
import { runProduct } from '../../testing/run-product.ts';

const product = runProduct();

/** Opens a page about metrics. */
const openMetrics = (search = '', sight: Sight = {}, heading = 'Metrics'): Promise<OpenPage> =>
  product.open(`/metrics${search}`, heading, sight);

function parameters(page: Page): Record<string, string> {
  return Object.fromEntries(new URL(page.url()).searchParams);
}

const asked = (query: string): string => `?q.A=${encodeURIComponent(query)}`;
const RATE = 'sum by (service) (rate(http_requests_total[$__rate_interval]))';

describe('the metrics explorer', () => {
  beforeAll(async () => {
    await sendDemoMetrics(product.server, Date.now(), 60);
    const sent = await sendLogs(product.server.url, product.server, [
      { service: 'checkout', message: 'a slow order', traceId: '4bf92f3577b34da6a3ce929d0e0e4736' },
    ]);
    expect(sent.status).toBe(202);
    const { page } = await openMetrics(`${asked('count(up)')}&show=stat&refresh=5`);
    await page.getByRole('listitem').getByText('3', { exact: true }).waitFor({ timeout: 60_000 });
  });

  it.each(['dark', 'light'] as const)('a metric is chosen and narrowed without PromQL, %s', async (theme) => {
    const { page, problems } = await openMetrics('', { theme });
    await page.getByRole('searchbox', { name: 'Search metrics' }).fill('requests');
    await page.getByRole('button', { name: /^http_requests_total counter/ }).click();
    await page.getByRole('table', { name: 'Legend' }).getByRole('button', { name: 'checkout' }).waitFor();
    await expect.poll(() => parameters(page)).toMatchObject({ 'q.A': RATE, unit: 'ops' });
    await page.locator('.u-over').waitFor();
    expect(await barriers(page)).toEqual([]);

    await page.getByRole('button', { name: 'Filter' }).click();
    await page.getByLabel('Label 1').fill('status');
    await page.getByLabel('Label 1').press('Enter');
    await page.getByLabel('Value 1').fill('500');
    await page.getByLabel('Value 1').press('Enter');
    await expect.poll(() => parameters(page)['q.A']).toBe(RATE.replace('total[', 'total{status="500"}['));
    await page.getByLabel('Aggregation').selectOption('max');
    await expect.poll(() => parameters(page)['q.A']).toMatch(/^max by \(service\)/);
    expect(problems).toEqual([]);
  });

  it('of two metrics that are chosen quickly the last one counts', async () => {
    const { page, problems } = await openMetrics();
    const late = Promise.withResolvers<void>();
    await page.route(/\/labels\?.*http_requests_total/, async (route) => {
      await late.promise;
      await route.continue();
    });
    const catalogue = page.getByRole('complementary', { name: 'Metrics catalogue' });
    const asked = page.waitForRequest(/\/labels\?.*http_requests_total/);
    await catalogue.getByRole('button', { name: /^http_requests_total counter/ }).click();
    const request = await asked;
    await catalogue.getByRole('button', { name: /^up gauge/ }).click();
    await expect.poll(() => parameters(page)['q.A']).toContain('up');
    late.resolve();
    await (await request.response())?.finished();
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(drawn)));
    expect(parameters(page)['q.A']).not.toContain('http_requests_total');
    expect(problems).toEqual([]);
  });

  it('PromQL is written with completion, run and formatted; mistakes are underlined', async () => {
    const { page, problems } = await openMetrics();
    await page.getByRole('button', { name: 'PromQL' }).click();
    const editor = page.getByRole('textbox', { name: 'PromQL of query A' });
    await editor.click();
    await page.keyboard.type('process_res');
    await page.getByRole('option', { name: /process_resident_memory_bytes/ }).click();
    await page.keyboard.press('Enter');
    await page.getByRole('table', { name: 'Legend' }).getByRole('button').nth(2).waitFor();
    expect(parameters(page)['q.A']).toBe('process_resident_memory_bytes');
    expect(await barriers(page)).toEqual([]);

    await editor.click();
    await page.keyboard.press('End');
    await page.keyboard.type(' +');
    await page.locator('.cm-lintRange-error').waitFor();
    // Also where completions are offered.
    await page.keyboard.press('Control+Enter');
    await page
      .getByRole('alert')
      .getByText(/At position/)
      .waitFor();
    expect(problems).toEqual(['400 /query/metrics']);
  });

  it('says that a click did nothing where its code cannot be loaded', async () => {
    const { page, problems } = await openMetrics();
    await page.route(/\/format-promql-/, (route) => route.abort());
    await page.getByRole('button', { name: 'Actions for query A' }).click();
    await page.getByRole('menuitem', { name: 'Format' }).click();
    await page.getByText(/^That did not work: /).waitFor();
    expect(problems).toEqual([]);
  });

  it('formulas, comparison and exemplars', async () => {
    const query = 'histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket[5m])))';
    const { page, problems } = await openMetrics(
      `${asked(query)}&f.B=A*1000&compare=previous&exemplars=true&unit=seconds&from=now-20m`,
    );
    const legend = page.getByRole('table', { name: 'Legend' });
    for (const name of ['A', 'B', 'A (before)']) {
      await legend.getByRole('button', { name, exact: true }).waitFor();
    }
    expect(await barriers(page)).toEqual([]);
    await page
      .getByRole('button', { name: /^Exemplar, .*: open trace 4bf92f3577b34da6a3ce929d0e0e4736$/ })
      .first()
      .focus();
    await page.keyboard.press('Enter');
    // Its spans were not kept; its logs were.
    await page.getByRole('heading', { name: 'No such trace' }).waitFor();
    await page.getByRole('link', { name: 'Its logs' }).click();
    await page.getByRole('heading', { name: 'Logs', level: 1 }).waitFor();
    await page.getByRole('grid', { name: 'Logs' }).getByText('a slow order').waitFor();
    expect(problems).toEqual(['404 /query/traces/4bf92f3577b34da6a3ce929d0e0e4736/outline']);
  });

  it('a span is dragged, and the way back is a double click', async () => {
    const { page, problems } = await openMetrics(asked(RATE));
    const plot = page.locator('.u-over');
    await dragOver(plot, { x: 0.3, y: 50 }, { x: 0.6, y: 50 });
    await expect.poll(() => parameters(page).from).toMatch(/^\d{4}-/);
    const span = (): number => Date.parse(parameters(page).to ?? '') - Date.parse(parameters(page).from ?? '');
    const near = span();
    expect(near).toBeLessThan(25 * 60_000);
    await plot.dblclick();
    await expect.poll(span).toBeGreaterThan(near * 1.5);
    await page.goBack();
    await expect.poll(span).toBe(near);
    expect(problems).toEqual([]);
  });

  it.each(['heatmap', 'table', 'stat', 'stacked', 'bar'])('shows answers as %s', async (display) => {
    const query = display === 'heatmap' ? 'rate(job_duration_seconds[5m])' : RATE;
    const { page, problems } = await openMetrics(`${asked(query)}&show=${display}`, { theme: 'light' });
    const place =
      {
        heatmap: page.getByRole('img', { name: /^Heatmap: 8 buckets/ }),
        table: page.getByRole('table', { name: 'Values' }).getByRole('cell', { name: 'payments' }),
        stat: page.getByRole('listitem').getByText('payments'),
      }[display] ?? page.locator('.u-over');
    await place.waitFor();
    expect(await barriers(page)).toEqual([]);
    if (display === 'heatmap') {
      await dragAtOnce(place, { x: 0.4, y: 60 }, { x: 0.8, y: 60 });
      await expect.poll(() => parameters(page).from).toMatch(/^\d{4}-/);
    }
    expect(problems).toEqual([]);
  });

  it('what is shown is saved as a view and put on a dashboard', async () => {
    const { page, problems } = await openMetrics(asked(RATE));
    await page.getByRole('button', { name: 'Share' }).click();
    await page.getByRole('menuitem', { name: 'Add to a dashboard…' }).click();
    await page.getByLabel('Title of the new dashboard').fill('Requests');
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByText('The panel is on the dashboard “Requests”.').first().waitFor();
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('menuitem', { name: 'Save as a new view…' }).click();
    await page.getByLabel('Name').fill('Requests');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Requests', exact: true }).waitFor();
    expect(problems).toEqual([]);
  });

  it('where series come from leads to them', async () => {
    const { server } = product;
    const api = await signIn(server.url, server.adminEmail, server.adminPassword);
    const rules = [{ record: 'job:memory:sum', expr: 'sum by (job) (process_resident_memory_bytes)' }];
    expect((await api.post('/recording-rules', { name: 'memory', rules })).status).toBe(201);
    const view = {
      page: 'metrics',
      name: 'durations',
      state: 'q.A=rate%28http_request_duration_seconds_sum%5B5m%5D%29',
    };
    expect((await api.post('/saved-views', view)).status).toBe(201);
    const { page, problems } = await openMetrics('/cardinality', {}, 'Cardinality');
    await page.getByText('active series').waitFor();
    const unused = page.getByRole('region', { name: 'Unused metrics' });
    await unused.getByRole('button', { name: 'Find them' }).click();
    await unused.getByRole('link', { name: 'up', exact: true }).waitFor();
    for (const name of ['http_requests_total', 'process_resident_memory_bytes', 'http_request_duration_seconds_sum']) {
      await expect.poll(() => unused.getByRole('link', { name }).count()).toBe(0);
    }
    await unused.getByText(/\d saved views?, 1 recording rule\.$/).waitFor();
    expect(await barriers(page)).toEqual([]);
    await page
      .getByRole('region', { name: 'Metrics', exact: true })
      .getByRole('link', { name: /^http_requests_total/ })
      .click();
    await page.getByRole('heading', { name: 'Metrics', level: 1 }).waitFor();
    expect(parameters(page)['q.A']).toBe('count(http_requests_total)');
    expect(problems).toEqual([]);
  });

  it('has no barriers on a narrow, light screen, where the catalogue is a sheet', async () => {
    const { page, problems } = await openMetrics('', { theme: 'light', width: 390 });
    await page.getByRole('button', { name: 'Browse metrics' }).click();
    await page.getByRole('button', { name: /^up gauge/ }).click();
    await page.locator('.u-over').waitFor();
    expect(await barriers(page)).toEqual([]);
    expect(problems).toEqual([]);
  });
});
