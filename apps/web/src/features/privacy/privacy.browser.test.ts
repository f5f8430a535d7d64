import { sendLogs, signIn } from '@aegisguard/testkit';
import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { barriers, type OpenPage, type Sight } from '../../testing/open-page.ts';
import { runProduct } from '../../testing/run-product.ts';

const product = runProduct();

const openPrivacy = (search = '', sight: Sight = {}): Promise<OpenPage> =>
  product.open(`/privacy${search}`, 'Privacy', sight);

const found = (page: Page): Locator => page.getByRole('table', { name: 'Kinds that were found' });
const save = (page: Page): Locator => page.getByRole('button', { name: 'Save' });

/** Changes the policy as somebody else does, by the API. */
async function changeElsewhere(policy: object): Promise<void> {
  const { url, adminEmail, adminPassword } = product.server;
  const other = await signIn(url, adminEmail, adminPassword);
  const { version } = (await (await other.get('/organization/privacy')).json()) as { version: number };
  const changed = await fetch(`${url}/organization/privacy`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${other.accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ policy, version }),
  });
  expect(changed.status).toBe(200);
}

it('says what is looked for where nothing was found', async () => {
  const { page, problems } = await openPrivacy();
  await page.getByRole('heading', { name: 'Nothing was found' }).waitFor();
  await page.getByRole('list', { name: 'What is looked for' }).getByText('E-mail addresses').waitFor();
  const source = page.getByRole('link', { name: 'IP geolocation by DB-IP' });
  await expect.poll(() => source.getAttribute('href')).toBe('https://db-ip.com');
  expect(await barriers(page)).toEqual([]);
  expect(problems).toEqual([]);
});

it('shows what was found, where, and what was done, and never a value', async () => {
  const mailbox = `${'ada.lovelace'}@example.com`;
  const card = ['4242', '4242', '4242', '4242'].join(' ');
  const address = '198.51.100.77';
  const sent = await sendLogs(product.server.url, product.server, [
    { service: 'checkout', message: `paid with ${card} by ${mailbox}` },
    { service: 'checkout', message: 'signed in', attributes: { user: { email: mailbox }, 'client.address': address } },
  ]);
  expect(sent.status).toBe(202);
  const { page, problems } = await openPrivacy('?refresh=5');
  await found(page)
    .getByRole('row', { name: /^E-mail addresses .* redacted 2 / })
    .waitFor({ timeout: 60_000 });
  await found(page)
    .getByRole('row', { name: /^Payment cards .* redacted 1 / })
    .waitFor();
  await found(page).getByText('attributes.user.email').filter({ visible: true }).waitFor();
  await page.getByRole('heading', { name: '1 IP address was truncated' }).waitFor();
  expect(await barriers(page)).toEqual([]);
  const text = (await page.locator('body').textContent()) ?? '';
  expect([mailbox, card, address].filter((value) => text.includes(value))).toEqual([]);

  await page.getByRole('checkbox', { name: 'Draw them in the chart' }).click();
  await page.getByRole('button', { name: /^IP addresses/ }).waitFor();
  await found(page).getByRole('button', { name: 'Payment cards' }).press('Enter');
  await page.getByRole('button', { name: 'Show all kinds' }).waitFor();
  await expect.poll(() => new URL(page.url()).searchParams.get('kind')).toBe('card');
  await expect.poll(() => found(page).locator('tbody tr').count()).toBe(1);
  await page.getByRole('slider', { name: /^Findings over time/ }).press('End');
  await page.goBack();
  await found(page).getByRole('button', { name: 'E-mail addresses' }).waitFor();

  // The log itself says that something was taken out of it.
  await page.goto(`${product.server.url}/logs?q=${encodeURIComponent('{service="checkout"} |= "paid"')}`);
  await page.getByRole('grid', { name: 'Logs' }).locator('tbody tr').first().click();
  await page.getByText('Scrubbed: ').waitFor();
  await page.getByRole('link', { name: 'What is this?' }).click();
  await page.getByRole('heading', { name: 'Privacy', level: 1 }).waitFor();
  expect(problems).toEqual([]);
});

it('changes what becomes of a kind, shows what that looks like, and keeps it', async () => {
  const { page, problems } = await openPrivacy('?tab=policy');
  const choice = page.getByLabel('E-mail addresses');
  await choice.selectOption('Mask');
  await page.getByRole('code').getByText('***@example.com', { exact: true }).waitFor();
  await page.getByText('There are changes that are not saved.').waitFor();
  await page.getByLabel('API keys').selectOption('Keep');
  await page.getByText('API keys will be stored as they come').waitFor();
  expect(await barriers(page)).toEqual([]);

  // Whoever leaves is asked, and what is not saved is still there after a look at the other part.
  await page.getByRole('link', { name: 'Ingestion' }).click();
  await page.getByRole('dialog', { name: 'Changes are not saved' }).getByRole('button', { name: 'Stay' }).click();
  await page.getByRole('tab', { name: 'What was found' }).click();
  await page.getByRole('tab', { name: 'What becomes of it (not saved)' }).click();
  await expect.poll(() => choice.inputValue()).toBe('mask');
  await page.getByLabel('API keys').selectOption('Redact');
  await save(page).click();
  await page.getByText('Saved. Last changed').waitFor();
  await page.reload();
  await page.getByText('Last changed').waitFor();
  await expect.poll(() => choice.inputValue()).toBe('mask');
  expect(problems).toEqual([]);
});

it('says that somebody else changed it meanwhile, and lets one choose', async () => {
  const { page, problems } = await openPrivacy('?tab=policy');
  await page.getByLabel('Phone numbers').selectOption('Hash');
  await changeElsewhere({ detectors: { iban: 'drop' } });
  await save(page).click();
  await page.getByRole('alert').getByText('Somebody changed the policy meanwhile').waitFor();
  await page.getByText(/Bank accounts: drop/).waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('button', { name: 'Keep editing mine' }).click();
  await expect.poll(() => page.getByLabel('Phone numbers').inputValue()).toBe('hash');
  await save(page).click();
  await page.getByText('Saved. Last changed').waitFor();

  await page.getByLabel('Phone numbers').selectOption('Drop');
  await changeElsewhere({ detectors: { iban: 'mask' } });
  await save(page).click();
  await page.getByRole('button', { name: 'Load theirs' }).click();
  await expect.poll(() => page.getByLabel('Bank accounts').inputValue()).toBe('mask');
  await expect.poll(() => page.getByLabel('Phone numbers').inputValue()).toBe('redact');
  expect(problems).toEqual(['409 /organization/privacy', '409 /organization/privacy']);
});

it('tries a rule on a text before it is saved, and says beside it what is wrong with it', async () => {
  const { page, problems } = await openPrivacy('?tab=policy', { theme: 'light' });
  const result = page.getByRole('region', { name: 'What would be stored' });
  await page.getByRole('textbox', { name: 'Text' }).fill('about TICKET-4711, and nothing else');
  await page.getByText('Nothing was found in it.').waitFor();
  await page.getByRole('button', { name: 'Add a rule' }).press('Enter');
  const rules = page.getByRole('region', { name: 'Rules of your own' });
  await rules.getByLabel('Name').fill('ticket');
  await rules.getByLabel('Pattern').fill('TICKET-(\\d+');
  await save(page).click();
  await rules.getByText(/no RE2 expression/).waitFor();
  await expect.poll(() => rules.getByLabel('Pattern').evaluate((field) => field === document.activeElement)).toBe(true);
  expect(await barriers(page)).toEqual([]);
  await rules.getByLabel('Pattern').fill('TICKET-(\\d+)');
  await result.getByText('about TICKET-[REDACTED:ticket], and nothing else').waitFor();
  await result.getByText('Found: ticket (redacted).').waitFor();
  await save(page).click();
  await page.getByText('Saved. Last changed').waitFor();
  // A rule that is being written is asked about whenever the writing rests.
  expect(new Set(problems)).toEqual(new Set(['400 /organization/privacy', '400 /organization/privacy/preview']));
});

it('has no barriers on a narrow screen, dark and light, and nothing of it is cut off', async () => {
  const { page, problems } = await openPrivacy('', { width: 390 });
  const overflow = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  await found(page).waitFor();
  expect([await overflow(), ...(await barriers(page))]).toEqual([0]);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.locator('html[data-theme=light]').waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('tab', { name: 'What becomes of it' }).click();
  await page.getByLabel('Payment cards').waitFor();
  expect([await overflow(), ...(await barriers(page))]).toEqual([0]);
  expect(problems).toEqual([]);
});
