import { startOidcProvider } from '@aegisguard/testkit';
import type { Locator, Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { barriers, type OpenPage, type Person, type Sight } from '../../testing/open-page.ts';
import { runProduct } from '../../testing/run-product.ts';

// People of an organization as they come, change and go, and the organization's own end, by its pages. One server; each step stands on the ones before.

const product = runProduct();
const PASSWORD = 'sloth marble quay 7';

const SLUGS = { People: 'people', Roles: 'roles', Organization: 'organization', 'Single sign-on': 'sso' };
type Section = keyof typeof SLUGS;
/** What a section shows when it has everything. */
const LOADED: Readonly<Record<Section, string>> = {
  People: 'Administrator',
  Roles: 'Built in',
  Organization: 'Sign-in name',
  'Single sign-on': 'Not set up',
};

const ADA = {
  get email() {
    return `ada@${product.server.domain}`;
  },
  password: PASSWORD,
};

/** Opens a section of the settings as somebody of the first organization. */
function openSettings(section: Section, sight: Sight = {}, person?: Person): Promise<OpenPage> {
  return product.open(`/settings/${SLUGS[section]}`, section, sight, person);
}

const region = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true });
const dialog = (page: Page): Locator => page.locator('dialog[open]');
const row = (page: Page, table: string, name: RegExp): Locator =>
  page.getByRole('table', { name: table }).getByRole('row', { name });

async function act(page: Page, name: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: action, exact: true }).click();
}

async function fillInvitation(page: Page, email: string, name: string, role: string): Promise<void> {
  await page.getByRole('button', { name: 'Invite people' }).click();
  await dialog(page).getByLabel('E-mail').fill(email);
  await dialog(page).getByLabel('Name').fill(name);
  await dialog(page).getByLabel('Role').selectOption(role);
}

async function addWithPassword(page: Page, email: string, name: string, role: string): Promise<void> {
  await fillInvitation(page, email, name, role);
  await dialog(page).getByRole('tab', { name: 'With a password' }).click();
  await dialog(page).getByLabel('Password', { exact: true }).fill(PASSWORD);
  await dialog(page).getByRole('button', { name: 'Add', exact: true }).click();
  await row(page, 'People', new RegExp(name)).waitFor();
}

const slug = (): string => product.server.domain.replace('.', '-');

const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

it('invites with the keyboard alone, shows the link once, and withdraws', async () => {
  const { page, problems } = await openSettings('People');
  await row(page, 'People', /Administrator/).waitFor();
  const invite = page.getByRole('button', { name: 'Invite people' });
  // Until the roles are there it cannot be pressed, nor have the focus.
  await expect.poll(() => invite.isEnabled()).toBe(true);
  await invite.focus();
  await page.keyboard.press('Enter');
  await dialog(page).waitFor();
  await page.keyboard.press('Enter');
  await dialog(page).getByText('Enter an e-mail address.').waitFor();
  await page.keyboard.type(`edsger@${product.server.domain}`);
  await page.keyboard.press('Tab');
  await page.keyboard.type('Edsger');
  // Past the ways to come in, and what is said of the chosen one.
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Mem');
  await dialog(page).getByRole('list', { name: 'What Member may do' }).waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await dialog(page)
    .getByText(/\/invitation\/[\w-]{43}$/)
    .waitFor();
  await page.keyboard.press('Escape');
  await dialog(page).getByText('It was not sent by mail').waitFor();
  expect(await barriers(page)).toEqual([]);
  await dialog(page).getByRole('checkbox').focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await dialog(page).waitFor({ state: 'detached' });
  await row(
    page,
    'Invitations that wait',
    new RegExp(`^Edsger edsger@${product.server.domain} Member Administrator`),
  ).waitFor();
  await expect.poll(() => page.getByText('/invitation/').count()).toBe(0);

  await act(page, `edsger@${product.server.domain}`, 'Withdraw');
  await dialog(page).getByRole('button', { name: 'Withdraw' }).click();
  await page.getByText('No invitation waits.').waitFor();
  expect(problems).toEqual([]);
});

it('adds with a password, changes a role, makes a reset link, searches and removes', async () => {
  const { page, problems } = await openSettings('People', { theme: 'light' });
  await fillInvitation(page, `ada@${product.server.domain}`, 'Ada', 'admin');
  await dialog(page).getByRole('tab', { name: 'With a password' }).click();
  await dialog(page).getByLabel('Password', { exact: true }).fill('password123');
  await dialog(page).getByRole('button', { name: 'Add', exact: true }).click();
  await expect
    .poll(() => dialog(page).getByLabel('Password', { exact: true }).getAttribute('aria-invalid'))
    .toBe('true');
  await dialog(page).getByLabel('Password', { exact: true }).fill(PASSWORD);
  await dialog(page).getByRole('button', { name: 'Add', exact: true }).click();
  await row(page, 'People', new RegExp(`^Ada ada@${product.server.domain} Admin Off Never`)).waitFor();
  await addWithPassword(page, `grace@${product.server.domain}`, 'Grace', 'viewer');

  await act(page, 'Grace', 'Change role');
  await dialog(page).getByLabel('Role').selectOption('member');
  await dialog(page).getByText('See security events').waitFor();
  await dialog(page).getByRole('button', { name: 'Change role' }).click();
  await row(page, 'People', new RegExp(`^Grace grace@${product.server.domain} Member`)).waitFor();

  await act(page, 'Administrator', 'Change role');
  await dialog(page).getByLabel('Role').selectOption('viewer');
  await dialog(page).getByRole('button', { name: 'Change role' }).click();
  await dialog(page).getByRole('alert').getByText('Make somebody else an owner first.').waitFor();
  await dialog(page).getByRole('button', { name: 'Cancel' }).click();

  await act(page, 'Grace', 'Make a reset link');
  await dialog(page).getByRole('button', { name: 'Make the link' }).click();
  await dialog(page)
    .getByText(/^http.*[\w-]{43}$/)
    .waitFor();
  await dialog(page).getByRole('checkbox').check();
  await dialog(page).getByRole('button', { name: 'Done' }).click();

  await page.getByRole('searchbox', { name: 'Search people' }).fill('GRACE');
  await row(page, 'People', /Ada/).waitFor({ state: 'detached' });
  await act(page, 'Grace', 'Remove');
  await page
    .getByRole('alertdialog', { name: 'Remove Grace?' })
    .getByText(`grace@${product.server.domain} (Member)`)
    .waitFor();
  expect(await barriers(page)).toEqual([]);
  await dialog(page).getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('heading', { name: 'Nobody of that name' }).waitFor();
  expect(problems).toEqual(['400 /users', expect.stringMatching(/^409 \/users\/[\w-]+\/role$/)]);
});

it('makes, changes and deletes a role; nobody gives what they may not do', async () => {
  const { page, problems } = await openSettings('Roles', {}, ADA);
  await page.getByRole('button', { name: 'New role' }).click();
  await dialog(page).getByRole('button', { name: 'Make the role' }).click();
  await dialog(page).getByText('Choose at least one permission.').waitFor();
  await dialog(page).getByLabel('Name').fill('Owner');
  const deletes = dialog(page).getByRole('checkbox', { name: 'Delete the organization with all its data' });
  await expect.poll(() => deletes.isDisabled()).toBe(true);
  await dialog(page).getByText('You may not do this yourself.').waitFor();
  await dialog(page).getByRole('checkbox', { name: 'Telemetry' }).check();
  await dialog(page).getByRole('checkbox', { name: 'Organization', exact: true }).click();
  await expect.poll(() => deletes.isChecked()).toBe(false);
  expect(await barriers(page)).toEqual([]);
  await dialog(page).getByRole('button', { name: 'Make the role' }).click();
  await dialog(page).getByText('There is a role of this name already.').waitFor();
  await dialog(page).getByLabel('Name').fill('On call');
  await dialog(page).getByRole('button', { name: 'Make the role' }).click();
  await row(page, 'Roles', /^On call .*6 0/).waitFor();
  await row(page, 'What each role may do', /^Search logs yes yes yes yes yes$/).waitFor();

  await act(page, 'On call', 'Change');
  await dialog(page).getByRole('checkbox', { name: 'Search logs' }).uncheck();
  await dialog(page).getByRole('button', { name: 'Save' }).click();
  await row(page, 'What each role may do', /^Search logs yes yes yes yes no$/).waitFor();
  await act(page, 'On call', 'Delete');
  await dialog(page).getByRole('button', { name: 'Delete' }).click();
  await row(page, 'Roles', /On call/).waitFor({ state: 'detached' });
  expect(await barriers(page)).toEqual([]);
  expect(problems).toEqual(['409 /roles']);
});

it('changes names, retention and limits, and says what a second factor for everybody would do', async () => {
  const { page, problems } = await openSettings('Organization');
  const names = region(page, 'Names');
  await names.getByLabel('Sign-in name').fill('No Slug');
  await names.getByRole('button', { name: 'Save' }).click();
  await names.getByText('3 to 63 lower-case letters').waitFor();
  await names.getByLabel('Sign-in name').fill(slug());
  await names.getByRole('button', { name: 'Save' }).click();
  await page.getByText('The names were saved.').waitFor();

  const retention = region(page, 'Retention');
  await retention.getByLabel('Logs, days').fill('60');
  await retention.getByRole('button', { name: 'Save' }).click();
  await page.getByText('How long records are kept was saved.').first().waitFor();
  await retention.getByLabel('Logs, days').fill('7');
  await retention.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('alertdialog').getByText('Logs: 7 days instead of 60 days.').waitFor();
  expect(await barriers(page)).toEqual([]);
  await dialog(page).getByRole('button', { name: 'Delete and keep shorter' }).click();
  await dialog(page).waitFor({ state: 'detached' });

  const limits = region(page, 'Limits');
  await limits.getByLabel('Requests per minute', { exact: true }).selectOption('own');
  await limits.getByLabel('Requests per minute: at most').fill('many');
  await limits.getByRole('button', { name: 'Save' }).click();
  await limits.getByText('Enter a whole number from 1 to 10,000,000.').waitFor();
  await limits.getByLabel('Requests per minute: at most').fill('6000');
  await limits.getByRole('button', { name: 'Save' }).click();
  await page.getByText('The limits were saved.').waitFor();

  await page.getByRole('list', { name: 'Without second factor' }).getByText(`ada@${product.server.domain}`).waitFor();
  await page.getByRole('checkbox', { name: 'Everybody needs a second factor' }).click();
  await dialog(page).getByRole('button', { name: 'Demand it' }).click();
  await dialog(page).getByRole('alert').getByText('This would lock you out').waitFor();
  await page.keyboard.press('Escape');

  await page.reload();
  await expect.poll(() => names.getByLabel('Sign-in name').inputValue()).toBe(slug());
  await expect.poll(() => retention.getByLabel('Logs, days').inputValue()).toBe('7');
  await expect.poll(() => limits.getByLabel('Requests per minute: at most').inputValue()).toBe('6000');
  expect(await barriers(page)).toEqual([]);
  expect(problems).toEqual(['403 /organization']);
});

it('makes a further organization, deletes it, and shows how its erasure goes on', async () => {
  const { page, problems } = await openSettings('Organization', { theme: 'light' });
  await page.getByRole('button', { name: /^Organization: / }).click();
  await page.getByRole('menuitem', { name: 'New organization' }).click();
  await dialog(page).getByLabel('Name').fill('Short-lived');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Organization: Short-lived' }).waitFor();
  await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor();

  await page.goto(page.url().replace(/home$/, 'settings/organization'));
  await page.getByRole('button', { name: 'Delete the organization' }).click();
  const question = page.getByRole('alertdialog', { name: 'Delete Short-lived with all its data?' });
  await question.getByText('All telemetry; nothing is stored at the moment').waitFor();
  await expect.poll(() => question.getByRole('button', { name: 'Delete for good' }).isDisabled()).toBe(true);
  await question.getByLabel('Type “Short-lived” to confirm').fill('Short-lived');
  expect(await barriers(page)).toEqual([]);
  await question.getByRole('button', { name: 'Delete for good' }).click();

  await page.getByRole('heading', { name: 'Erasure of Short-lived' }).waitFor();
  await page.getByRole('progressbar', { name: 'Progress of the erasure' }).waitFor();
  await page
    .getByText('Waiting', { exact: true })
    .or(page.getByText('Being erased', { exact: true }))
    .waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('link', { name: 'Deleted organizations' }).first().click();
  await row(page, 'Deleted organizations', /^Short-lived (?:Waiting|Being erased)/).waitFor();
  await page.goto(product.server.url);
  await page.getByRole('button', { name: /^Organization: / }).click();
  await expect.poll(() => page.getByRole('menuitemradio').count()).toBe(1);
  expect(problems).toEqual([]);
});

it('sets up single sign-on, tests it first, maps groups to roles, turns it off and removes it', async () => {
  const idp = await startOidcProvider({ clients: [], accounts: [] });
  onTestFinished(() => idp.stop());
  const { page, problems } = await openSettings('Single sign-on');
  await region(page, 'Addresses').getByText('Not set up').waitFor();
  await region(page, 'Addresses').getByText(`${product.server.url}/auth/sso/callback`).waitFor();
  const form = region(page, 'Identity provider');
  await form.getByLabel('Name').fill('Company login');
  await form.getByLabel('Issuer').fill(`${idp.issuer}/elsewhere`);
  await form.getByRole('button', { name: 'Test the address' }).click();
  await form.getByText('It cannot be used').waitFor();
  await form.getByLabel('Issuer').fill(idp.issuer);
  await form.getByRole('button', { name: 'Test the address' }).click();
  await form.getByText('It answers. People are sent to').waitFor();
  await form.getByLabel('Client id').fill('aegisguard');
  await form.getByLabel('Client secret').fill('not to be seen again');
  await form.getByRole('button', { name: 'Add a group' }).click();
  await form.getByRole('button', { name: 'Set up' }).click();
  await form.getByText('Enter a group.').waitFor();
  await form.getByLabel('Group 1', { exact: true }).fill('operations');
  await form.getByLabel('Role of group 1').selectOption('admin');
  await form.getByLabel('People without a mapped group').selectOption('viewer');
  expect(await barriers(page)).toEqual([]);
  await form.getByRole('button', { name: 'Set up' }).click();
  await page.getByText('Single sign-on with Company login was saved.').waitFor();

  await page.reload();
  await region(page, 'Addresses').getByText('On', { exact: true }).waitFor();
  await expect.poll(() => form.getByLabel('Group 1', { exact: true }).inputValue()).toBe('operations');
  await expect.poll(() => form.getByLabel('Client secret').inputValue()).toBe('');
  await form.getByRole('checkbox', { name: 'People can sign in through it' }).click();
  await form.getByRole('button', { name: 'Save' }).click();
  await region(page, 'Addresses').getByText('Off', { exact: true }).waitFor();

  const admin = await openSettings('Single sign-on', { theme: 'light', width: 390 }, ADA);
  await admin.page.getByText('Only an owner chooses the identity provider').waitFor();
  await expect.poll(() => admin.page.getByLabel('Issuer').getAttribute('readonly')).not.toBeNull();
  expect([await overflow(admin.page), ...(await barriers(admin.page))]).toEqual([0]);
  expect(admin.problems).toEqual([]);

  await page.getByRole('button', { name: 'Remove single sign-on' }).click();
  await page.getByRole('alertdialog', { name: 'Remove single sign-on with Company login?' }).waitFor();
  await dialog(page).getByRole('button', { name: 'Remove' }).click();
  await region(page, 'Addresses').getByText('Not set up').waitFor();
  await expect.poll(() => form.getByLabel('Name').inputValue()).toBe('');
  expect(problems).toEqual([]);
});

it('refuses that the last owner leaves, and lets others go', async () => {
  const owner = await openSettings('Organization');
  await owner.page.getByRole('button', { name: 'Leave the organization' }).click();
  await dialog(owner.page).getByRole('button', { name: 'Leave', exact: true }).click();
  await dialog(owner.page).getByRole('alert').getByText('Make somebody else an owner first.').waitFor();
  expect(owner.problems).toEqual(['409 /organization/leave']);
  const { page, problems } = await openSettings('Organization', {}, ADA);
  await expect.poll(() => page.getByRole('button', { name: 'Delete the organization' }).count()).toBe(0);
  await page.getByRole('button', { name: 'Leave the organization' }).click();
  await dialog(page).getByRole('button', { name: 'Leave', exact: true }).click();
  await page.getByRole('heading', { name: 'You do not belong to this organization' }).waitFor();
  expect(problems).toEqual([]);
});

it('has no barriers on a narrow screen, dark and light, in any section', async () => {
  const { page, problems } = await openSettings('Single sign-on', { width: 390 });
  for (const section of ['People', 'Roles', 'Organization', 'Single sign-on'] as const) {
    await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: section }).click();
    await page.getByRole('heading', { name: section, level: 1 }).waitFor();
    await page.getByText(LOADED[section]).filter({ visible: true }).first().waitFor();
    expect([await overflow(page), ...(await barriers(page))]).toEqual([0]);
    await page.emulateMedia({ colorScheme: 'light' });
    await page.locator('html[data-theme=light]').waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.locator('html[data-theme=dark]').waitFor();
  }
  expect(problems).toEqual([]);
});
