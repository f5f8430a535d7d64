import { DashboardImportAnswer } from '@aegisguard/model';
import { sendLogs, signIn } from '@aegisguard/testkit';
import type { Locator, Page } from 'playwright-core';
import { beforeAll, expect, it, vi } from 'vitest';
import { dashboardSeries } from '../../testing/dashboard-series.ts';
import { sendDemoMetrics } from '../../testing/demo-metrics.ts';
import { boxOf } from '../../testing/drag-over.ts';
import { barriers } from '../../testing/open-page.ts';
import { runProduct } from '../../testing/run-product.ts';
import { sendSeries } from '../../testing/send-series.ts';
import { suiteDashboards } from '../../testing/suite-dashboards.ts';

const product = runProduct();

/** A small dashboard as Grafana exports it, with something that cannot be carried over. */
const GRAFANA = JSON.stringify({
  title: 'From Grafana',
  schemaVersion: 39,
  templating: {
    list: [{ name: 'service', type: 'query', query: 'label_values(up, service)', multi: true, includeAll: true }],
  },
  panels: [
    { id: 1, type: 'row', title: 'Memory', collapsed: false, gridPos: { x: 0, y: 0, w: 24, h: 1 } },
    {
      id: 2,
      type: 'timeseries',
      title: 'Resident memory',
      gridPos: { x: 0, y: 1, w: 12, h: 8 },
      targets: [
        { refId: 'A', expr: 'process_resident_memory_bytes{service=~"$service"}', legendFormat: '{{service}}' },
      ],
      fieldConfig: { defaults: { unit: 'bytes' }, overrides: [] },
    },
    { id: 3, type: 'geomap', title: 'Where', gridPos: { x: 12, y: 1, w: 12, h: 8 } },
  ],
});

let api: Awaited<ReturnType<typeof signIn>>;

beforeAll(async () => {
  const { url, adminEmail, adminPassword } = product.server;
  api = await signIn(url, adminEmail, adminPassword);
  const nowMs = Date.now();
  await sendDemoMetrics(product.server, nowMs, 20);
  const sent = await sendLogs(product.server.url, product.server, [
    { timestamp: new Date(nowMs - 60_000).toISOString(), service: 'deploy', message: 'Version 7 is out' },
    { timestamp: new Date(nowMs - 30_000).toISOString(), service: 'checkout', message: 'order 1\nwas refused' },
  ]);
  expect(sent.status).toBe(202);
  // Pages ask once.
  await expectSeries('up', 3);
  await vi.waitFor(async () => {
    const answer = await api.post('/query/logs/search', { query: '{service=~"deploy|checkout"}' });
    expect(((await answer.json()) as { readonly logs: readonly unknown[] }).logs).toHaveLength(2);
  }, ARRIVAL);
});

/** What was sent is asked for until it is there. */
const ARRIVAL = { timeout: 60_000, interval: 200 };

/** Waits until a selector finds so many series. */
async function expectSeries(selector: string, count: number): Promise<void> {
  await vi.waitFor(async () => {
    const answer = await api.post('/query/metrics', { query: `count(${selector})` });
    const { data } = (await answer.json()) as { data: { result: readonly { value: readonly [number, string] }[] } };
    expect(data.result[0]?.value[1]).toBe(String(count));
  }, ARRIVAL);
}

/** Makes a dashboard of these panels and opens it. */
async function openMade(content: { readonly title: string; readonly [member: string]: unknown }) {
  const made = await api.post('/dashboards', content);
  expect(made.status).toBe(201);
  const { id } = (await made.json()) as { readonly id: string };
  return product.open(`/dashboards/${id}`, content.title);
}

async function openList(sight: { readonly theme?: 'light' | 'dark'; readonly width?: number } = {}) {
  const opened = await product.open('/', 'Home', sight);
  const base = new URL(opened.page.url()).pathname.replace(/\/home$/, '/dashboards');
  await opened.page.goto(`${product.server.url}${base}`);
  await opened.page.getByRole('heading', { name: 'Dashboards', level: 1 }).waitFor();
  return opened;
}

async function save(page: Page, message: string): Promise<void> {
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('What was changed').fill(message);
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
}

/** A panel is asked and drawn. */
async function isDrawn(page: Page, title: string): Promise<void> {
  await page.getByRole('region', { name: title, exact: true }).locator('canvas').first().waitFor();
}

it('a person makes the dashboard of a service without typing a query', async () => {
  const { page, problems } = await openList();
  await page.getByRole('button', { name: 'Start from a template' }).click();
  const dialog = page.getByRole('dialog', { name: 'Service dashboard' });
  await dialog.getByRole('option', { name: 'http_requests_total' }).waitFor({ state: 'attached' });
  await dialog.getByRole('option', { name: 'service', exact: true }).waitFor({ state: 'attached' });
  await dialog.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('heading', { name: 'Services', level: 1 }).waitFor();
  await isDrawn(page, 'Request rate');
  await page.getByRole('region', { name: 'Errors', exact: true }).getByText('%').first().waitFor();

  await page.getByRole('button', { name: 'Service: All' }).click();
  await page.getByRole('dialog', { name: 'Service' }).getByRole('button', { name: 'checkout' }).click();
  await page.waitForURL(/var-service=checkout/);
  await page.keyboard.press('Escape');
  const legend = page.getByRole('region', { name: 'Request rate' }).getByRole('list', { name: 'Legend' });
  await legend.getByText('payments').waitFor({ state: 'detached' });
  expect(await barriers(page)).toEqual([]);

  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByRole('button', { name: 'Add panel' }).click();
  await page.getByRole('menuitem', { name: 'Time series' }).click();
  const editor = page.getByRole('alertdialog', { name: 'Edit panel' });
  await editor.getByRole('button', { name: /^process_resident_memory_bytes/ }).click();
  await editor.locator('canvas').first().waitFor();
  expect(await barriers(page)).toEqual([]);
  await editor.getByRole('button', { name: 'Apply' }).click();
  await isDrawn(page, 'Process resident memory bytes');
  await save(page, 'Memory, too');
  await page.getByText('“Services” is saved.').waitFor();

  await page.getByRole('button', { name: 'Actions for Services' }).click();
  await page.getByRole('menuitem', { name: 'Versions…' }).click();
  await page.getByText('Memory, too').waitFor();
  await page.getByRole('button', { name: 'Compare version 1' }).click();
  await page.getByText('If it is restored: 1 panel removed.').waitFor();
  await page.getByRole('button', { name: 'Restore version 1' }).click();
  await page.getByText('“Services” is as it was.').waitFor();
  await page.getByRole('region', { name: 'Process resident memory bytes' }).waitFor({ state: 'detached' });
  expect(problems).toEqual([]);
});

it('says when somebody else has saved meanwhile, and loses nothing', async () => {
  const { page, problems } = await openList();
  await page.getByRole('button', { name: 'New', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Empty dashboard…' }).click();
  await page.getByLabel('Title', { exact: true }).fill('Shared');
  await page.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('heading', { name: 'Shared', level: 1 }).waitFor();
  await page.getByRole('button', { name: 'Edit', exact: true }).first().click();
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await page.getByLabel('Title', { exact: true }).fill('Shared by me');
  await page.getByRole('button', { name: 'Apply' }).click();

  const { url } = product.server;
  const { accessToken } = api;
  const headers = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' };
  const [, orgId = '', id = ''] = /\/o\/([^/]+)\/dashboards\/([^/?]+)/.exec(page.url()) ?? [];
  const theirs = await fetch(`${url}/dashboards/${id}`, {
    method: 'PUT',
    headers: { ...headers, 'x-org-id': orgId },
    body: JSON.stringify({ title: 'Shared by them', version: 1 }),
  });
  expect(theirs.status).toBe(200);

  await save(page, '');
  const conflict = page.getByRole('alertdialog', { name: 'Somebody else has saved this dashboard' });
  await conflict.getByText('Settings changed.').waitFor();
  await conflict.getByRole('button', { name: 'Save mine as version 3' }).click();
  await page.getByRole('heading', { name: 'Shared by me', level: 1 }).waitFor();
  expect(problems).toEqual([`409 /dashboards/${id}`]);

  await page.getByRole('button', { name: 'Actions for Shared by me' }).click();
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  await page.getByRole('heading', { name: 'Delete the dashboard “Shared by me”?' }).waitFor();
  await page.getByRole('button', { name: 'Delete dashboard' }).click();
  await page.getByRole('heading', { name: 'Dashboards', level: 1 }).waitFor();
});

it('takes a dashboard of Grafana and says what is not as it was; narrow and light', async () => {
  const { page, problems } = await openList({ theme: 'light', width: 390 });
  await page.getByRole('button', { name: 'New', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Import from Grafana…' }).click();
  await page.getByRole('textbox', { name: 'JSON' }).fill(GRAFANA);
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByRole('list', { name: 'Not carried over' }).getByText('geomap').first().waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('button', { name: 'Open it' }).click();
  await isDrawn(page, 'Resident memory');
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('button', { name: 'Memory', exact: true }).click();
  await page.getByRole('region', { name: 'Resident memory' }).waitFor({ state: 'detached' });
  await page
    .getByRole('button', { name: 'Service: All' })
    .or(page.getByRole('button', { name: 'service: All' }))
    .waitFor();
  expect(problems).toEqual([]);
});

const pods = suiteDashboards()?.find(({ file }) => file === 'k8s-views-pods.json');

it.skipIf(pods === undefined)(
  'shows a dashboard of Kubernetes as its makers meant it (needs AEGIS_SUITES_DIR)',
  async () => {
    const { dashboard } = DashboardImportAnswer.parse(await (await api.post('/dashboards/import', pods?.json)).json());
    const endMs = Math.floor(Date.now() / 30_000) * 30_000;
    const times = Array.from({ length: 60 }, (_, step) => endMs - (59 - step) * 30_000);
    const series = dashboardSeries([dashboard], times);
    await sendSeries(product.server, series);
    const names = new Set(series.map(({ labels }) => labels.__name__));
    await expectSeries(`{__name__=~"${[...names].join('|')}"}`, series.length);

    const { page, problems } = await openList({ theme: 'light' });
    await page.getByRole('link', { name: 'Kubernetes / Views / Pods' }).click();
    const panel = (title: string) => page.getByRole('region', { name: title, exact: true });
    await page.getByRole('button', { name: 'namespace: default' }).waitFor();
    await page.getByRole('button', { name: 'pod: All' }).waitFor();
    // Of a stat the name is what matters, of a gauge the part of a whole.
    await panel('Created by').getByText('ReplicaSet: api-7d9f').first().waitFor();
    await panel('Total pod CPU Requests usage').getByText('%').waitFor();
    const table = panel('Resources by container').getByRole('table');
    await table.getByRole('cell', { name: 'app', exact: true }).waitFor();
    const heads = [
      'Container',
      'CPU Used',
      'CPU Requests',
      'CPU Limits',
      'Memory Used',
      'Memory Requests',
      'Memory Limits',
    ];
    await expect.poll(() => table.getByRole('columnheader').allTextContents()).toEqual(heads);
    await table.getByText('GiB').first().waitFor();
    await isDrawn(page, 'CPU Usage by container');
    await page.getByRole('button', { name: 'namespace: default' }).click();
    await page.getByRole('dialog', { name: 'namespace' }).getByRole('button', { name: 'shop' }).click();
    await table.getByRole('cell', { name: 'sidecar', exact: true }).waitFor();
    expect(await barriers(page)).toEqual([]);
    expect(problems).toEqual([]);
  },
);
const REQUESTS = 'sum by (service) (rate(http_requests_total{service=~"$service"}[2m]))';

it('shows every kind of panel, repeats them, and marks what happened; whole screen and back', async () => {
  const asks = (query: string) => [{ ref: 'A', query, legend: '{{service}}' }];
  const { page, problems } = await openMade({
    title: 'Everything',
    from: 'now-15m',
    variables: [
      {
        name: 'service',
        type: 'query',
        query: 'label_values(up, service)',
        isMulti: true,
        hasAll: true,
        current: ['$__all'],
      },
    ],
    annotations: [{ name: 'Deployments', language: 'logql', query: '{service="deploy"}' }],
    panels: [
      { type: 'gauge', title: 'Share', grid: { x: 0, y: 0, w: 6, h: 6 }, queries: asks('count by (service) (up) / 2') },
      {
        type: 'bar',
        title: 'Places',
        grid: { x: 6, y: 0, w: 6, h: 3 },
        queries: asks('process_resident_memory_bytes'),
      },
      { type: 'stat', title: 'Rates', grid: { x: 12, y: 0, w: 6, h: 3 }, queries: asks('http_requests_total') },
      {
        type: 'text',
        title: 'Words',
        grid: { x: 18, y: 0, w: 6, h: 3 },
        options: { text: 'A line of words. '.repeat(99) },
      },
      {
        type: 'heatmap',
        title: 'Times',
        grid: { x: 0, y: 6, w: 12, h: 8 },
        queries: asks('sum by (le) (rate(http_request_duration_seconds_bucket[2m]))'),
      },
      {
        type: 'logs',
        title: 'Said',
        grid: { x: 12, y: 6, w: 12, h: 8 },
        queries: [{ ref: 'A', language: 'logql', query: '{service="checkout"}' }],
      },
      { title: 'Of $service', grid: { x: 0, y: 14, w: 8, h: 7 }, repeat: 'service', queries: asks(REQUESTS) },
    ].map((panel) => ({ ...panel, options: { ...('options' in panel ? panel.options : {}), unit: 'bytes' } })),
  });
  const panel = (title: string): Locator => page.getByRole('region', { name: title, exact: true });
  await expect.poll(() => panel('Share').getByRole('listitem').count()).toBe(3);
  await expect.poll(() => panel('Share').getByRole('listitem').first().textContent()).toBe('0.5 Bcheckout');
  await panel('Places').getByText('search').waitFor();
  const places = async () => {
    const texts = await panel('Places').getByRole('listitem').allTextContents();
    return texts.map((text) => /[a-z]+/.exec(text)?.[0]);
  };
  await expect.poll(places).toEqual(['search', 'payments', 'checkout']);
  await panel('Rates').getByText('payments').first().waitFor();
  for (const title of ['Of checkout', 'Of payments', 'Of search']) {
    await isDrawn(page, title);
  }
  expect(await barriers(page)).toEqual([]);

  await panel('Said')
    .getByRole('button', { name: /order 1/ })
    .click();
  await expect.poll(() => panel('Said').getByRole('button', { expanded: true }).textContent()).toContain('was refused');

  const cells = panel('Times').getByRole('slider', { name: 'Cells of Times' });
  await cells.focus();
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => cells.getAttribute('aria-valuetext')).toMatch(/ · 0 B – 0\.05 B · /);
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => cells.getAttribute('aria-valuetext')).toMatch(/ · 0\.05 B – 0\.1 B · /);

  const line = panel('Of search').getByRole('slider');
  await line.focus();
  // From the end to the beginning and again: what happened may come later than the line.
  let place: string | null = null;
  const walk = async () => {
    const before = place;
    await page.keyboard.press('ArrowLeft');
    place = await line.getAttribute('aria-valuetext');
    if (place === before) {
      await page.keyboard.press('End');
    }
    return place;
  };
  await page.keyboard.press('End');
  await expect.poll(walk).toContain('Deployments: Version 7 is out');
  await expect.poll(() => panel('Of search').getByText('Deployments: Version 7 is out').isVisible()).toBe(true);

  await page.getByRole('button', { name: 'Actions for Rates' }).click();
  await page.getByRole('menuitem', { name: 'View full screen' }).click();
  await panel('Times').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'All panels' }).click();
  await panel('Times').waitFor();

  await page.getByRole('button', { name: 'Actions for Everything' }).click();
  await page.getByRole('menuitem', { name: 'Full screen' }).click();
  await page.getByRole('button', { name: 'Leave full screen' }).waitFor();
  await isDrawn(page, 'Of checkout');
  await expect.poll(() => page.locator('[inert]').getByText('Logs', { exact: true }).count()).toBe(1);
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('button', { name: 'Leave full screen' }).click();
  await page.getByRole('button', { name: 'Edit', exact: true }).waitFor();
  await expect.poll(() => page.locator('[inert]').count()).toBe(0);
  expect(problems).toEqual([]);
});

it('panels are moved and resized by pointer and by keys', async () => {
  const asks = [{ ref: 'A', query: 'count(up)' }];
  const { page, problems } = await openMade({
    title: 'Moved',
    panels: ['Left', 'Right'].map((title, place) => ({
      type: 'stat',
      title,
      grid: { x: place * 12, y: 0, w: 12, h: 6 },
      queries: asks,
    })),
  });
  const panel = (title: string): Locator => page.getByRole('region', { name: title, exact: true });
  const box = async (title: string) => {
    await panel(title).waitFor();
    return boxOf(panel(title));
  };
  /** Presses at a place, goes so far, lets go. */
  const drag = async (place: Locator, x: number, y: number): Promise<void> => {
    await place.hover();
    await page.mouse.down();
    const at = await boxOf(place);
    await page.mouse.move(at.x + x / 2, at.y + y / 2, { steps: 4 });
    await page.mouse.move(at.x + x, at.y + y, { steps: 4 });
    await page.mouse.up();
  };
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  const grip = page.getByRole('button', { name: /^Move Left/ });
  await grip.waitFor();
  const before = await box('Left');
  await drag(grip, before.width + 8, 5);
  await expect.poll(async () => (await box('Left')).x).toBeGreaterThan(before.x + before.width);
  await expect.poll(async () => (await box('Right')).y).toBeGreaterThan(before.y);

  await drag(page.locator('.react-grid-item', { has: grip }).locator('.react-resizable-handle'), -200, 80);
  await expect.poll(async () => (await box('Left')).height).toBeGreaterThan(before.height + 30);
  await expect.poll(async () => (await box('Left')).width).toBeLessThan(before.width - 100);
  const resized = await box('Left');

  await grip.focus();
  await page.keyboard.press('ArrowLeft');
  await expect.poll(async () => (await box('Left')).x).toBeLessThan(resized.x);
  await page.keyboard.press('Shift+ArrowUp');
  await expect.poll(async () => (await box('Left')).height).toBeLessThan(resized.height);
  await page.keyboard.press('ArrowDown');
  await expect.poll(async () => (await box('Left')).y).toBeGreaterThan((await box('Right')).y);
  await expect
    .poll(() => panel('Left').getByRole('status').first().textContent())
    .toMatch(/^Column 12, line 7, \d+ wide, \d+ high$/);
  await save(page, 'Moved');
  await page.getByText('“Moved” is saved.').waitFor();
  await page.reload();
  await expect.poll(async () => (await box('Left')).y).toBeGreaterThan((await box('Right')).y);
  expect(problems).toEqual([]);
});
