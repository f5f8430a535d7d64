import { DashboardImportAnswer } from '@aegisguard/model';
import { signIn } from '@aegisguard/testkit';
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { dashboardSeries } from '../../testing/dashboard-series.ts';
import { sendDemoMetrics } from '../../testing/demo-metrics.ts';
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

beforeAll(async () => {
  await sendDemoMetrics(product.server, Date.now(), 20);
}, 60_000);

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
}, 180_000);

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

  const { url, adminEmail, adminPassword } = product.server;
  const { accessToken } = await signIn(url, adminEmail, adminPassword);
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
}, 120_000);

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
}, 120_000);

const pods = suiteDashboards()?.find(({ file }) => file === 'k8s-views-pods.json');

it.skipIf(pods === undefined)(
  'shows a dashboard of Kubernetes as its makers meant it (needs AEGIS_SUITES_DIR)',
  async () => {
    const { url, adminEmail, adminPassword } = product.server;
    const api = await signIn(url, adminEmail, adminPassword);
    const { dashboard } = DashboardImportAnswer.parse(await (await api.post('/dashboards/import', pods?.json)).json());
    const endMs = Math.floor(Date.now() / 30_000) * 30_000;
    const times = Array.from({ length: 60 }, (_, step) => endMs - (59 - step) * 30_000);
    await sendSeries(product.server, dashboardSeries([dashboard], times));

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
    expect(await table.getByRole('columnheader').allTextContents()).toEqual(heads);
    await table.getByText('GiB').first().waitFor();
    await isDrawn(page, 'CPU Usage by container');
    await page.getByRole('button', { name: 'namespace: default' }).click();
    await page.getByRole('dialog', { name: 'namespace' }).getByRole('button', { name: 'shop' }).click();
    await table.getByRole('cell', { name: 'sidecar', exact: true }).waitFor();
    expect(await barriers(page)).toEqual([]);
    expect(problems).toEqual([]);
  },
  120_000,
);
