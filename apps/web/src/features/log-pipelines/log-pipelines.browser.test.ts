import { sendLogs, signIn } from '@aegisguard/testkit';
import type { Locator, Page } from 'playwright-core';
import { beforeAll, expect, it, vi } from 'vitest';
import { boxOf } from '../../testing/drag-over.ts';
import { barriers, type OpenPage, type Person, type Sight } from '../../testing/open-page.ts';
import { runProduct } from '../../testing/run-product.ts';

// Rules as somebody writes them: from nothing to what is stored. Each test stands on what the ones before it saved.

const product = runProduct();

const openPipelines = (search = '', sight: Sight = {}, person?: Person): Promise<OpenPage> =>
  product.open(`/log-pipelines${search}`, 'Log pipelines', sight, person);

const rule = (page: Page, name: string): Locator =>
  page.getByRole('list', { name: 'Rules', exact: true }).getByRole('listitem', { name, exact: true });
const preview = (page: Page): Locator => page.getByRole('region', { name: 'Preview' });
const tried = (page: Page, number: number): Locator =>
  preview(page).getByRole('listitem', { name: `Log ${number}`, exact: true });
const dialog = (page: Page): Locator => page.locator('dialog[open]');
const unsaved = (page: Page): Locator => page.getByText('There are changes that are not saved.');

async function save(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Saved. Last changed').waitFor();
}

async function act(page: Page, name: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${name}`, exact: true }).click();
  await page.getByRole('menuitem', { name: action, exact: true }).click();
}

async function addStep(within: Locator, kind: string): Promise<void> {
  await within.getByRole('button', { name: 'Add a step' }).last().press('Enter');
  await within
    .page()
    .getByRole('menuitem', { name: new RegExp(`${kind}$`) })
    .click();
}

const asOwner = () => signIn(product.server.url, product.server.adminEmail, product.server.adminPassword);

interface Saved {
  readonly pipelines: { readonly rules: readonly { readonly name: string }[]; readonly retention: unknown };
  readonly version: number;
}

async function savedNow(): Promise<Saved> {
  return (await (await (await asOwner()).get('/log-pipelines')).json()) as Saved;
}

/** Changes the rules as somebody else does, by the API. */
async function changeElsewhere(change: (rules: Saved['pipelines']['rules']) => readonly object[]): Promise<void> {
  const { pipelines, version } = await savedNow();
  const { accessToken } = await asOwner();
  const answer = await fetch(`${product.server.url}/log-pipelines`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ pipelines: { ...pipelines, rules: change(pipelines.rules) }, version }),
  });
  expect(answer.status).toBe(200);
}

beforeAll(async () => {
  const { url } = product.server;
  const logs = [
    { service: 'shop', level: 'info', message: 'order=4711 took 12.5ms' },
    { service: 'shop', level: 'debug', message: 'order=0 took 1ms' },
    { service: 'proxy', level: 'info', message: 'GET /health 200' },
  ];
  expect((await sendLogs(url, product.server, logs)).status).toBe(202);
  const owner = await asOwner();
  await vi.waitFor(
    async () => {
      const found = await (await owner.post('/query/logs/search', { query: '{service_name=~"shop|proxy"}' })).json();
      expect((found as { logs: unknown[] }).logs).toHaveLength(3);
    },
    { timeout: 60_000, interval: 200 },
  );
});

it('begins with an example, shows what it does to real lines as it is changed, and keeps it', async () => {
  const { page, problems } = await openPipelines();
  await page.getByRole('heading', { name: 'Logs are stored as they come' }).waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('button', { name: /^Drop debug logs/ }).click();
  const drop = rule(page, 'Drop debug');
  await drop.getByRole('textbox', { name: 'Logs that it is for' }).waitFor();
  await tried(page, 1).getByText('Dropped by step 1 of “Drop debug”.').waitFor();
  await expect.poll(() => new URL(page.url()).searchParams.get('rule')).toBe('1');

  // A value that is empty is not the same as none: these logs have a level.
  await drop.getByLabel('Is equal to', { exact: true }).check();
  await drop.getByLabel('Is equal to: text').waitFor();
  await tried(page, 1).getByText('Dropped by step 1 of “Drop debug”.').waitFor({ state: 'hidden' });
  expect(await barriers(page)).toEqual([]);
  await drop.getByLabel('Is equal to', { exact: true }).uncheck();

  // Whoever leaves is asked, and what is not saved is still there.
  await page.getByRole('link', { name: 'Privacy' }).first().click();
  await dialog(page).getByRole('button', { name: 'Stay' }).click();
  await unsaved(page).waitFor();
  expect(await barriers(page)).toEqual([]);
  await save(page);
  await page.reload();
  await drop.getByRole('button', { name: /^Drop debug/ }).waitFor();
  expect((await savedNow()).pipelines.rules).toMatchObject([
    { name: 'Drop debug', selector: '{level=~"debug|trace"}' },
  ]);
  expect(problems).toEqual([]);
});

it('writes a rule by forms, says beside a field what is wrong with it, and shows each step', async () => {
  const { page, problems } = await openPipelines('', { theme: 'light' });
  await page.getByRole('button', { name: 'Add a rule' }).click();
  const orders = rule(page, 'New rule');
  await addStep(orders, 'regex');
  const expression = orders.getByLabel('Expression (RE2)');
  await expression.fill('order=(?P<order>\\d+ took (?P<ms>[\\d.]+)ms');
  await orders.getByText(/no RE2 expression/).waitFor();
  await preview(page)
    .getByText(/“New rule”, step 1 \(regex\): This is no RE2 expression/)
    .waitFor();
  await expression.fill('order=(?P<order>\\d+) took (?P<ms>[\\d.]+)ms');

  const selector = orders.getByRole('textbox', { name: 'Logs that it is for' });
  await selector.fill('{service_name="shop"} |= "order"');
  const changes = tried(page, 2).getByLabel('Changes of log 2');
  await changes.getByText('4711').waitFor();
  await expect
    .poll(() => changes.textContent())
    .toMatch(/ms.*now 12\.5.*order.*now 4711|order.*now 4711.*ms.*now 12\.5/);
  // The rule above has its turn first.
  await tried(page, 1).getByText('Dropped by step 1 of “Drop debug”.').waitFor();
  await addStep(orders, 'static-labels');
  await orders.getByRole('button', { name: 'Add to labels' }).click();
  await orders.getByLabel('Label 1').fill('team');
  await orders.getByLabel('Text 1').fill('checkout');
  await changes.getByText('team').waitFor();
  await tried(page, 2).getByRole('button', { name: 'Step by step' }).click();
  await tried(page, 2).getByText('is not for this log').waitFor();
  await tried(page, 2).getByText('1 Match an expression').waitFor();
  expect(await barriers(page)).toEqual([]);

  // What is missing is said when it is saved, where it is missing.
  const name = orders.getByLabel('Name', { exact: true });
  await name.fill('');
  await rule(page, 'Rule 2')
    .getByRole('button', { name: /^Rule 2/ })
    .click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('It was not saved: see what is said beside the fields of Rule 2').waitFor();
  await rule(page, 'Rule 2').getByText('Enter a name.').waitFor();
  await expect
    .poll(() =>
      rule(page, 'Rule 2')
        .getByLabel('Name', { exact: true })
        .evaluate((field) => field === document.activeElement),
    )
    .toBe(true);
  await page.keyboard.type('Orders');
  // What is typed while it is being saved is there still, and is not saved.
  let letGo = (): void => undefined;
  const typed = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route('**/log-pipelines', async (route) => {
    await (route.request().method() === 'PUT' ? typed : undefined);
    await route.continue();
  });
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('button', { name: 'Saving…' }).waitFor();
  await rule(page, 'Orders').getByLabel('Name', { exact: true }).press('End');
  await page.keyboard.type(' of today');
  letGo();
  await page.getByRole('button', { name: 'Save', exact: true }).waitFor();
  await unsaved(page).waitFor();
  await expect
    .poll(() => rule(page, 'Orders of today').getByLabel('Name', { exact: true }).inputValue())
    .toBe('Orders of today');
  expect((await savedNow()).pipelines.rules.map(({ name }) => name)).toEqual(['Drop debug', 'Orders']);
  await rule(page, 'Orders of today').getByLabel('Name', { exact: true }).fill('Orders');
  await page.getByText('Saved. Last changed').waitFor();
  expect((await savedNow()).pipelines.rules).toMatchObject([
    { name: 'Drop debug' },
    {
      name: 'Orders',
      selector: '{service_name="shop"} |= "order"',
      steps: [
        { kind: 'regex', store: true },
        { kind: 'static-labels', labels: { team: 'checkout' } },
      ],
    },
  ]);
  expect(new Set(problems)).toEqual(new Set(['400 /log-pipelines/preview']));
});

it('orders, copies, turns off and deletes rules, with the keyboard, the mouse and the menu', async () => {
  const { page, problems } = await openPipelines();
  const order = async (): Promise<readonly (string | null)[]> =>
    Promise.all(
      (await page.getByRole('list', { name: 'Rules', exact: true }).locator(':scope > li').all()).map((item) =>
        item.getAttribute('aria-label'),
      ),
    );
  const handle = (name: string): Locator => page.getByRole('button', { name: `Move ${name}`, exact: true });
  await handle('Orders').press('ArrowUp');
  await expect.poll(order).toEqual(['Orders', 'Drop debug']);
  await expect.poll(() => handle('Orders').evaluate((button) => button === document.activeElement)).toBe(true);
  await act(page, 'Orders', 'Duplicate');
  await expect.poll(order).toEqual(['Orders', 'Orders 2', 'Drop debug']);
  await expect.poll(() => rule(page, 'Orders 2').getByLabel('Name', { exact: true }).inputValue()).toBe('Orders 2');
  // It is open, and stays so when it is dragged past two others at once.
  const dropped = rule(page, 'Drop debug').getByRole('button', { name: /^Drop debug/ });
  await dropped.click();
  // What was open above it is closed, so it stands elsewhere.
  await expect.poll(() => dropped.getAttribute('aria-expanded')).toBe('true');

  await handle('Drop debug').hover();
  await page.mouse.down();
  const to = await boxOf(handle('Orders'));
  await page.mouse.move(to.x + 5, to.y - 5, { steps: 5 });
  await page.mouse.up();
  await expect.poll(order).toEqual(['Drop debug', 'Orders', 'Orders 2']);
  await expect.poll(() => new URL(page.url()).searchParams.get('rule')).toBe('1');
  await expect.poll(() => dropped.getAttribute('aria-expanded')).toBe('true');

  await page.getByRole('checkbox', { name: 'Orders is on' }).click();
  await rule(page, 'Orders').getByText('off', { exact: true }).waitFor();
  await act(page, 'Orders 2', 'Delete…');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await expect.poll(order).toEqual(['Drop debug', 'Orders']);
  await page.getByRole('button', { name: 'Discard changes' }).click();
  await expect.poll(order).toEqual(['Drop debug', 'Orders']);
  await page.getByText('Last changed').waitFor();
  await expect.poll(() => rule(page, 'Orders').getByText('off', { exact: true }).count()).toBe(0);
  expect(problems).toEqual([]);
});

it('takes stages of Promtail over, and says what it could not', async () => {
  const { page, problems } = await openPipelines();
  await page.getByRole('button', { name: 'Import Promtail stages' }).click();
  const yaml = dialog(page).getByLabel('Stages (YAML)');
  await yaml.fill('pipeline_stages: [ {json: ');
  await dialog(page).getByRole('button', { name: 'Read it' }).click();
  await dialog(page).getByText(/./).and(dialog(page).locator('.text-danger')).first().waitFor();
  await yaml.fill(
    'pipeline_stages:\n- json: {expressions: {user: request.user}}\n- match:\n    selector: \'{app="x"}\'\n    stages:\n    - output: {source: user}\n- limit: {rate: 1, burst: 1}\n',
  );
  await dialog(page).getByRole('button', { name: 'Read it' }).click();
  await dialog(page).getByRole('heading', { name: 'Not carried over' }).waitFor();
  await dialog(page).getByText('pipeline_stages[2].limit').waitFor();
  expect(await barriers(page)).toEqual([]);
  await dialog(page).getByRole('button', { name: 'Add the rule' }).click();
  const imported = rule(page, 'imported');
  await imported.getByRole('button', { name: /^2 Only for some logs/ }).click();
  await imported.getByRole('textbox', { name: 'Selector' }).getByText('{app="x"}').waitFor();
  await imported.getByRole('button', { name: /Set the message/ }).waitFor();
  await unsaved(page).waitFor();
  await page.getByRole('button', { name: 'Discard changes' }).click();
  await expect.poll(() => imported.count()).toBe(0);
  expect(problems).toEqual(['400 /log-pipelines/import']);
});

it('keeps some logs longer, says what is for all others, and shows it in the preview', async () => {
  const { page, problems } = await openPipelines('?tab=retention');
  await page.getByText('All logs are kept 30 days.').waitFor();
  await page.getByRole('button', { name: 'Keep some logs longer, or shorter' }).click();
  await page.getByRole('textbox', { name: 'Logs of rule 1' }).fill('{service_name="shop", level="info"}');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Enter a number.').waitFor();
  await page.getByLabel('Days').fill('365');
  await page.getByText('All other logs are kept 30 days.').waitFor();
  await preview(page).getByText('kept 365 days').waitFor();
  expect(await barriers(page)).toEqual([]);
  await save(page);
  expect((await savedNow()).pipelines.retention).toEqual([
    { selector: '{service_name="shop", level="info"}', days: 365 },
  ]);
  expect(problems).toEqual([]);
});

it('is a text as well, to paste over, and says where that cannot be read', async () => {
  const { page, problems } = await openPipelines('?tab=text');
  const text = page.getByRole('textbox', { name: 'Rules and retention as a text' });
  await text.waitFor();
  const yaml = await text.inputValue();
  expect(yaml).toContain('name: Orders');
  await text.fill(yaml.replace('kind: drop', 'kind: drob'));
  await page.getByText('rules.0.steps.0.kind').waitFor();
  await expect.poll(() => page.getByRole('button', { name: 'Save', exact: true }).isDisabled()).toBe(true);
  expect(await barriers(page)).toEqual([]);
  // What cannot be read is there still whatever is looked at meanwhile, and is thrown away only when that is said.
  await page.getByRole('tab', { name: 'Rules' }).click();
  await rule(page, 'Orders').waitFor();
  await page.getByText('What is written as a text cannot be read, so it cannot be saved.').waitFor();
  await page.getByRole('link', { name: 'Privacy' }).first().click();
  await dialog(page).getByRole('button', { name: 'Stay' }).click();
  await page.getByRole('tab', { name: 'As text' }).click();
  await page.getByRole('button', { name: 'JSON' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click();
  await expect.poll(() => text.inputValue()).toContain('kind: drob');
  await page.getByRole('button', { name: 'Write the rules as they are' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Throw it away' }).click();
  await expect.poll(() => text.inputValue()).toBe(yaml);

  // What is written stays as it is written, in whatever order.
  const reordered = 'retention: []\nrules:\n- steps: [{source: a, kind: output}]\n  name: Orders';
  await text.fill(reordered);
  await text.press('ControlOrMeta+End');
  await text.pressSequentially(' # x');
  await expect.poll(() => text.inputValue()).toBe(`${reordered} # x`);
  await text.fill(`# as it was\n${yaml.replace('name: Orders', 'name: Parsed orders')}`);
  await unsaved(page).waitFor();
  // It stays as it was written, with what is not part of the rules.
  await expect.poll(() => text.inputValue()).toContain('# as it was');
  await page.getByRole('button', { name: 'JSON' }).click();
  await expect.poll(() => text.inputValue()).toContain('"name": "Parsed orders"');
  await page.getByRole('tab', { name: 'Rules' }).click();
  await rule(page, 'Parsed orders').waitFor();
  await page.getByRole('button', { name: 'Discard changes' }).click();
  await rule(page, 'Orders').waitFor();
  expect(problems).toEqual([]);
});

it('says that somebody else changed the rules meanwhile, lets one look, and choose', async () => {
  const { page, problems } = await openPipelines();
  const rename = async (name: string): Promise<void> => {
    const orders = page.getByRole('listitem', { name: /^(Orders|Mine)$/ });
    if ((await orders.getByLabel('Name', { exact: true }).count()) === 0) {
      await orders.getByRole('button', { name: /^(Orders|Mine)/ }).click();
    }
    await orders.getByLabel('Name', { exact: true }).fill(name);
  };
  await rename('Mine');
  await changeElsewhere((rules) => [...rules, { name: 'Theirs', steps: [{ kind: 'decolorize' }] }]);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('alert').getByText('Somebody changed the rules meanwhile').waitFor();
  await page.getByText('What they changed: “Theirs” is new.').waitFor();
  await page.getByRole('button', { name: 'Look at theirs' }).click();
  await dialog(page).getByRole('region', { name: '“Theirs”' }).getByText('You do not have it.').waitFor();
  expect(await barriers(page)).toEqual([]);
  await dialog(page).getByRole('button', { name: 'Close' }).last().click();
  await page.getByRole('button', { name: 'Keep editing mine' }).click();
  await save(page);
  expect((await savedNow()).pipelines.rules.map(({ name }) => name)).toEqual(['Drop debug', 'Mine']);

  await rename('Orders');
  await changeElsewhere((rules) => rules.slice(0, 1));
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('button', { name: 'Load theirs' }).click();
  await expect.poll(() => rule(page, 'Orders').count()).toBe(0);
  await rule(page, 'Drop debug').waitFor();
  expect(problems).toEqual(['409 /log-pipelines', '409 /log-pipelines']);
});

it('who may not change rules reads and tries them, on a narrow screen, dark and light', async () => {
  const viewer = { email: `vera@${product.server.domain}`, password: 'a long enough pass phrase' };
  const added = await (await asOwner()).post('/users', { ...viewer, name: 'Vera', role: 'viewer' });
  expect(added.status).toBe(201);
  await changeElsewhere((rules) => rules.map((each) => ({ ...each, steps: [{ kind: 'drop', expression: '.' }] })));
  const { page, problems } = await openPipelines('?rule=1', { width: 390 }, viewer);
  const overflow = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  const drop = rule(page, 'Drop debug');
  await drop.getByRole('region', { name: 'Logs that it is for' }).getByText('level').waitFor();
  await expect.poll(() => drop.getByLabel('Name', { exact: true }).getAttribute('readonly')).toBe('');
  // A list that is empty is only to be read, too.
  await expect.poll(() => drop.getByLabel('Values').getAttribute('readonly')).toBe('');
  await expect.poll(() => page.getByRole('button', { name: /^(Save|Add|Actions|Move|Remove)/ }).count()).toBe(0);
  expect([await overflow(), ...(await barriers(page))]).toEqual([0]);
  await page.getByRole('button', { name: 'Preview' }).click();
  await dialog(page).getByLabel('Tried on').selectOption('Lines of your own');
  await dialog(page).getByLabel('Lines', { exact: true }).fill('level=debug a\nlevel=info b');
  await tried(page, 1).getByText('Dropped by step 1 of “Drop debug”.').waitFor();
  await tried(page, 2).getByText('No rule is for it').waitFor();
  expect([await overflow(), ...(await barriers(page))]).toEqual([0]);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.locator('html[data-theme=light]').waitFor();
  expect(await barriers(page)).toEqual([]);
  await dialog(page).getByRole('button', { name: 'Close' }).click();
  expect(await barriers(page)).toEqual([]);
  expect(problems).toEqual([]);
});
