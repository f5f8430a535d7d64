import { readFile } from 'node:fs/promises';
import { sendLogs } from '@aegisguard/testkit';
import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { boxOf } from '../../testing/drag-over.ts';
import { barriers, type OpenPage, type Sight } from '../../testing/open-page.ts';
import { runProduct } from '../../testing/run-product.ts';

const MINUTE_MS = 60_000;
const LEVELS = ['info', 'info', 'info', 'debug', 'warn', 'error'] as const;
const SERVICES = ['checkout', 'payments', 'search'] as const;
const REGIONS = ['eu-central', 'eu-west', 'us-east', 'us-west', 'ap-south', 'ap-east', 'sa-east', 'af-south'] as const;
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';

const product = runProduct();

/** 240 logs over twenty minutes, as services write them: a third is JSON, a third logfmt, a third an access log. */
function someLogs(nowMs: number): object[] {
  return Array.from({ length: 240 }, (_, index) => {
    const status = [200, 200, 404, 500][index % 4];
    const took = (index * 37) % 900;
    const lines = [
      JSON.stringify({ msg: `order ${index} placed`, status, took }),
      `msg="order ${index} paid" status=${status} took=${took}ms`,
      `10.0.0.${index % 200} - GET /api/v1/search?q=${index} ${status} ${took}`,
    ];
    return {
      timestamp: new Date(nowMs - MINUTE_MS - index * 5000).toISOString(),
      level: LEVELS[index % LEVELS.length],
      service: SERVICES[index % SERVICES.length],
      message: lines[index % lines.length],
      host: `host-${index % 4}`,
      ...(index % 40 === 0 ? { traceId: TRACE } : {}),
      attributes: { http: { status }, region: REGIONS[index % REGIONS.length], customer: `c-${index % 30}` },
    };
  });
}

const openLogs = (search = '', sight: Sight = {}): Promise<OpenPage> => product.open(`/logs${search}`, 'Logs', sight);

function rows(page: Page): Locator {
  return page.getByRole('grid', { name: 'Logs' }).locator('tbody tr');
}

function editor(page: Page): Locator {
  return page.locator('.cm-content[aria-label="LogQL query"]');
}

function chips(page: Page): Locator {
  return page.getByRole('list', { name: 'Parts of the query' });
}

function facets(page: Page): Locator {
  return page.getByRole('complementary', { name: 'Facets' });
}

function parameters(page: Page): Record<string, string> {
  return Object.fromEntries(new URL(page.url()).searchParams);
}

async function expectQuery(page: Page, query: string | undefined): Promise<void> {
  await expect.poll(() => parameters(page).q).toBe(query);
}

/** Clicks one after the other in one task, so that nothing is drawn in between. */
async function clickAtOnce(page: Page, ...buttons: readonly Locator[]): Promise<void> {
  const elements = await Promise.all(buttons.map((button) => button.elementHandle()));
  await page.evaluate((all) => {
    for (const element of all) {
      (element as HTMLElement | null)?.click();
    }
  }, elements);
}

function searchOf(query: string): string {
  return `?${new URLSearchParams({ q: query })}`;
}

beforeAll(async () => {
  const sent = await sendLogs(product.server.url, product.server, someLogs(Date.now()));
  expect(sent.status).toBe(202);
  const { page } = await openLogs('?refresh=5');
  await page.getByRole('status').getByText('240 logs', { exact: true }).waitFor();
});

describe('the editor', () => {
  it('completes labels and values, underlines what is wrong, and runs', async () => {
    const { page, problems } = await openLogs();
    await editor(page).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('{serv');
    await page.getByRole('option', { name: /^service_name/ }).waitFor();
    await page.getByRole('option', { name: 'service', exact: true }).click();
    await page.getByRole('option', { name: 'payments' }).waitFor();
    await page.keyboard.type('pay');
    await page.getByRole('option', { name: 'payments' }).waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('option', { name: 'payments' }).click();
    await expect.poll(() => editor(page).textContent()).toBe('{service="payments"}');
    await page.keyboard.press('End');
    await page.keyboard.type(' | jsn');
    await page.locator('.cm-lintRange-error').getByText('jsn', { exact: true }).waitFor();
    await page.keyboard.press('Backspace');
    await page.keyboard.type('on');
    // The first closes the list of completions.
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.keyboard.press('/');
    await page.keyboard.type('{service="payments"} | logfmt');
    await page.keyboard.press('Enter');
    await expectQuery(page, '{service="payments"} | logfmt');
    expect(problems).toEqual([]);
  });

  it('keeps what was typed before it was there', async () => {
    const { page, problems } = await openLogs();
    const held: (() => void)[] = [];
    await page.route(/logql-editor/, (route) => {
      held.push(() => void route.continue());
    });
    await page.reload();
    const field = page.locator('textarea[aria-label="LogQL query"]');
    await field.waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('{service="search"}');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => held.length).toBeGreaterThan(0);
    for (const release of held) {
      release();
    }
    await editor(page).waitFor();
    await page.keyboard.type(', level="error"');
    await page.keyboard.press('Enter');
    await expectQuery(page, '{service="search", level="error"}');
    expect(problems).toEqual([]);
  });
});

describe('chips', () => {
  it('change, negate, take out and add parts of the query', async () => {
    const { page, problems } = await openLogs(searchOf('{service="checkout"} |= "order" | json'));
    await chips(page).getByRole('button', { name: 'service = checkout', exact: true }).click();
    const form = page.getByRole('dialog', { name: 'Filter' });
    await form.getByRole('combobox', { name: 'Value' }).fill('payments');
    expect(await barriers(page)).toEqual([]);
    await form.getByRole('button', { name: 'Apply' }).click();
    await expectQuery(page, '{service="payments"} |= "order" | json');
    await chips(page).getByRole('button', { name: 'line |= order', exact: true }).click();
    await form.getByRole('button', { name: 'Negate' }).click();
    await expectQuery(page, '{service="payments"} != "order" | json');
    await chips(page).getByRole('button', { name: 'Remove line != order' }).click();
    await chips(page).getByRole('button', { name: 'Remove service = payments' }).click();
    await expectQuery(page, '{} | json');
    await chips(page).getByRole('button', { name: 'Add filter' }).click();
    const added = page.getByRole('dialog', { name: 'New filter' });
    await added.getByRole('combobox', { name: 'Label' }).fill('status');
    await added.getByRole('combobox', { name: 'Comparison' }).selectOption('>=');
    await added.getByRole('combobox', { name: 'Value' }).fill('many');
    await added.getByRole('button', { name: 'Add' }).click();
    await added
      .getByRole('alert')
      .getByText(/number/)
      .waitFor();
    await added.getByRole('combobox', { name: 'Value' }).fill('500');
    await added.getByRole('button', { name: 'Add' }).click();
    await expectQuery(page, '{} | json | status>=500');
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Query as chips' }).click();
    await chips(page).waitFor({ state: 'detached' });
    await expect.poll(() => parameters(page).chips).toBe('0');
    expect(problems).toEqual([]);
  });
});

describe('facets', () => {
  it('count values, filter for them and out, show more, and are pinned', async () => {
    const { page, problems } = await openLogs();
    const service = facets(page).getByRole('region', { name: 'service', exact: true });
    await service.getByRole('button', { name: /^search/ }).click();
    await expectQuery(page, '{service="search"}');
    await expect.poll(() => service.getByRole('button', { name: /^search/ }).getAttribute('aria-pressed')).toBe('true');
    await service.getByRole('button', { name: /^search/ }).click();
    await expectQuery(page, undefined);
    await facets(page)
      .getByRole('button', { name: /^error/ })
      .click({ modifiers: ['Alt'] });
    await expectQuery(page, '{level!="error"}');
    const region = facets(page).getByRole('region', { name: 'region', exact: true });
    await region.getByRole('button', { name: 'More values' }).click();
    await region.getByRole('searchbox').fill('sa-');
    await region.getByRole('button', { name: /^sa-east/ }).waitFor();
    await expect.poll(() => region.getByRole('listitem').count()).toBe(1);
    await region.getByRole('button', { name: 'Pin region to the top' }).click();
    await expect.poll(() => parameters(page).pins).toBe('region');
    await expect.poll(() => facets(page).getByRole('region').first().getAttribute('aria-label')).toBe('region');
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('searchbox', { name: 'Search facets' }).fill('host-2');
    await expect.poll(() => facets(page).getByRole('region').count()).toBe(1);
    await page.keyboard.press('Escape');
    await facets(page).getByRole('button', { name: 'Hide facets' }).click();
    await facets(page).waitFor({ state: 'detached' });
    await page.goto(`${product.server.url}/logs`);
    await rows(page).first().waitFor();
    await expect.poll(() => facets(page).count()).toBe(0);
    await page.getByRole('button', { name: 'Show facets' }).click();
    await expect.poll(() => facets(page).getByRole('region').first().getAttribute('aria-label')).toBe('region');
    expect(problems).toEqual([]);
  });

  it('filter by what the pipeline made behind it', async () => {
    const { page, problems } = await openLogs(searchOf('{service="payments"} | logfmt'));
    await rows(page).first().click();
    const parsed = page.getByRole('region', { name: 'Log detail' }).getByRole('tree', { name: 'Parsed' });
    const status = parsed.getByRole('treeitem', { name: /^status/ });
    // Another label of the log may be called so: then what the parser found has a name of its own.
    const [, name = '', value = ''] = (await status.textContent())?.match(/^([a-z_]+)(\d{3})/) ?? [];
    await status.focus();
    await page.keyboard.press('f');
    await expectQuery(page, `{service="payments"} | logfmt | ${name}="${value}"`);
    await status.focus();
    await page.keyboard.press('t');
    await expect.poll(() => parameters(page).cols).toBe(`level,service,${name}`);
    await page.getByRole('columnheader', { name }).waitFor();
    expect(problems).toEqual([]);
  });
});

describe('changes that come faster than they are drawn', () => {
  it('add up', async () => {
    const { page, problems } = await openLogs();
    const service = facets(page).getByRole('region', { name: 'service', exact: true });
    const exclusion = facets(page).getByRole('button', { name: 'Exclude level error' });
    await clickAtOnce(page, service.getByRole('button', { name: /^search/ }), exclusion);
    await expectQuery(page, '{service="search", level!="error"}');
    const chip = (name: string): Locator => chips(page).getByRole('button', { name: `Remove ${name}` });
    await clickAtOnce(page, chip('service = search'), chip('level != error'));
    await expectQuery(page, undefined);
    await page.getByRole('button', { name: 'Columns' }).click();
    const panel = page.getByRole('dialog', { name: 'Columns' });
    const label = (name: string): Locator => panel.getByRole('button', { name, exact: true });
    await clickAtOnce(page, label('region'), label('host'), panel.getByRole('button', { name: 'Hide level' }));
    await expect.poll(() => parameters(page).cols).toBe('service,region,host');
    await page.keyboard.press('Escape');
    const pin = (name: string): Locator => facets(page).getByRole('button', { name: `Pin ${name} to the top` });
    const wrap = page.getByRole('button', { name: 'Wrap', exact: true });
    const order = page.getByRole('button', { name: 'Newest first' });
    await clickAtOnce(page, pin('region'), wrap, pin('host'), order);
    await expect
      .poll(() => parameters(page))
      .toEqual({ cols: 'service,region,host', pins: 'region,host', wrap: '1', dir: 'forward' });
    await rows(page).first().waitFor();
    await page.evaluate(() => {
      for (const key of ['j', 'j', 'j', 'w']) {
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
      }
    });
    await expect.poll(() => rows(page).nth(2).getAttribute('aria-selected')).toBe('true');
    await expect.poll(() => parameters(page).row).toBeDefined();
    await expect.poll(() => parameters(page).wrap).toBeUndefined();
    expect(problems).toEqual([]);
  });
});

describe('columns', () => {
  it('are any labels, in any order and width', async () => {
    const { page, problems } = await openLogs();
    await rows(page).first().waitFor();
    await page.getByRole('button', { name: 'Columns' }).click();
    const panel = page.getByRole('dialog', { name: 'Columns' });
    await panel.getByRole('searchbox', { name: 'Search labels' }).fill('regi');
    await panel.getByRole('button', { name: 'region' }).click();
    await expect.poll(() => parameters(page).cols).toBe('level,service,region');
    await rows(page).first().getByText('eu-central').waitFor();
    expect(await barriers(page)).toEqual([]);
    const shown = panel.getByRole('list', { name: 'Shown columns' });
    await shown.getByRole('button', { name: 'region', exact: true }).press('Alt+ArrowUp');
    await expect.poll(() => parameters(page).cols).toBe('level,region,service');
    await shown.getByRole('button', { name: 'region', exact: true }).press('ArrowRight');
    await expect.poll(() => parameters(page).cols).toBe('level,region.164,service');
    await page.keyboard.press('Escape');
    const head = page.getByRole('columnheader', { name: 'region' });
    await head.dragTo(page.getByRole('columnheader', { name: 'Level' }));
    await expect.poll(() => parameters(page).cols).toBe('region.164,level,service');
    await expect.poll(() => page.getByRole('columnheader').nth(1).textContent()).toBe('region');
    const edge = head.locator('[data-resize]');
    await edge.hover();
    await page.mouse.down();
    const box = await boxOf(edge);
    await page.mouse.move(box.x + box.width / 2 + 40, box.y + 5, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => parameters(page).cols).toBe('region.204,level,service');
    await page.reload();
    await page.getByRole('columnheader', { name: 'region' }).waitFor();
    await rows(page).first().locator('td[data-label=region]').click();
    await expectQuery(page, '{region="eu-central"}');
    expect(problems).toEqual([]);
  });

  it('show the line that the query made', async () => {
    const { page, problems } = await openLogs(
      searchOf('{service="checkout"} | json | line_format "{{.msg}} took {{.took}} ms"'),
    );
    await rows(page)
      .filter({ hasText: /order 0 placed took 0 ms/ })
      .click();
    const detail = page.getByRole('region', { name: 'Log detail' });
    await detail.getByRole('region', { name: 'Line' }).getByText('order 0 placed took 0 ms', { exact: true }).waitFor();
    await detail
      .getByRole('region', { name: 'Message as it was sent' })
      .getByText(/"msg":"order 0 placed"/)
      .waitFor();
    expect(problems).toEqual([]);
  });
});

describe('taking logs elsewhere', () => {
  it('saves all logs of a query as a file', async () => {
    const { page, problems } = await openLogs('?cols=level,region');
    await page.addInitScript(() => Reflect.deleteProperty(window, 'showSaveFilePicker'));
    await page.reload();
    await rows(page).first().waitFor();
    for (const format of ['csv', 'ndjson'] as const) {
      await page.getByRole('button', { name: 'More', exact: true }).click();
      await page.getByRole('menuitem', { name: 'Export…' }).click();
      const dialog = page.getByRole('dialog', { name: 'Export logs' });
      await dialog.getByLabel('Format').selectOption(format);
      expect(await barriers(page)).toEqual([]);
      const downloading = page.waitForEvent('download');
      await dialog.getByRole('button', { name: 'Export' }).click();
      const download = await downloading;
      expect(download.suggestedFilename()).toMatch(new RegExp(`\\.${format}$`));
      const lines = (await readFile(await download.path(), 'utf8')).trimEnd().split('\n');
      expect(lines).toHaveLength(format === 'csv' ? 241 : 240);
      expect(lines[0]).toMatch(format === 'csv' ? /^timestamp,id,.*region/ : /^\{.*"service":"checkout"/);
      await dialog.getByText(/^Saved: 240 logs/).waitFor();
      await dialog.getByRole('button', { name: 'Close' }).last().click();
    }
    expect(problems).toEqual([]);
  });

  it('copies a command, charts what is found, and leads to the logs of a trace', async () => {
    const { page, problems } = await openLogs(searchOf('{service="checkout"} |= "it\'s"'));
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Copy as curl' }).click();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain("it'\\''s");
    await page.goto(`${product.server.url}/logs${searchOf(`{trace_id="${TRACE}", level="info"}`)}`);
    await rows(page).first().click();
    await page.getByRole('button', { name: 'All logs of this trace' }).click();
    await expectQuery(page, `{trace_id="${TRACE}"}`);
    await page.getByRole('status').getByText('6 logs', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Chart this' }).click();
    await expect.poll(() => parameters(page).q).toMatch(/^sum by \(level\) \(count_over_time\(/);
    await page.getByRole('img', { name: /^Values over time/ }).waitFor();
    expect(problems).toEqual([]);
  });
});

it('works in a narrow window', async () => {
  const { page, problems } = await openLogs(searchOf('{service="checkout"} | json'), {
    width: 390,
    height: 844,
    theme: 'light',
  });
  await rows(page).first().waitFor();
  await chips(page).waitFor();
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('button', { name: 'Show facets' }).click();
  const sheet = page.getByRole('dialog', { name: 'Facets' });
  await sheet.getByRole('button', { name: /^host-0/ }).click();
  await expectQuery(page, '{service="checkout", host="host-0"} | json');
  expect(await barriers(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('dialog', { name: 'Columns' }).getByRole('list', { name: 'Labels' }).waitFor();
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  expect(await barriers(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Wrap', exact: true }).click();
  await expect.poll(() => parameters(page).wrap).toBe('1');
  await page.reload();
  await rows(page).first().waitFor();
  // Wrapped rows are as high as their texts: each begins where the one above ends.
  await expect
    .poll(() =>
      rows(page).evaluateAll((all) => {
        const boxes = all.map((row) => row.getBoundingClientRect()).sort((a, b) => a.top - b.top);
        return Math.max(...boxes.slice(1).map(({ top }, index) => Math.abs(top - (boxes[index]?.bottom ?? 0))));
      }),
    )
    .toBeLessThan(1);
  expect(problems).toEqual([]);
});
