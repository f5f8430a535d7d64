import { signIn } from '@aegisguard/testkit';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { barriers } from '../../testing/open-page.ts';
import { runProduct } from '../../testing/run-product.ts';

const product = runProduct();

const FILE = `groups:
  - name: imported
    rules:
      - record: job:up:sum
        expr: sum by (job) (up)
      - alert: Down
        expr: up == 0
`;

async function choose(page: Page, name: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: action }).click();
}

it('a group is made, refused beside its fields, changed, turned off, exported and deleted; a file is imported', async () => {
  const { page, problems } = await product.open('/metrics/rules', 'Recording rules');
  await page.getByText('No recording rules yet').waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('button', { name: 'New group' }).click();
  await page.getByRole('textbox', { name: 'Name of the group' }).fill('Web');
  // Its turn shall not come before the list has been read.
  await page.getByRole('spinbutton', { name: 'Evaluated every (seconds)' }).fill('3600');
  await page.getByRole('textbox', { name: 'Name of the new metric' }).fill('job:requests:rate5m');
  await page.getByRole('textbox', { name: 'Expression (PromQL)' }).fill('rate(requests_total)');
  await page.getByRole('textbox', { name: 'Labels of the results' }).fill('team=web');
  await page.getByRole('button', { name: 'Make the group' }).click();
  await page.getByText(/could not parse expression.*expected type range vector/).waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('textbox', { name: 'Expression (PromQL)' }).fill('rate(requests_total[5m])');
  await page.getByRole('button', { name: 'Make the group' }).click();
  const table = page.getByRole('table', { name: 'Groups of recording rules' });
  await table.getByText('Not evaluated yet').waitFor();

  await choose(page, 'Web', 'Change…');
  await page.getByRole('button', { name: 'Add a rule' }).click();
  const second = page.getByRole('group', { name: 'Rule 2' });
  await second.getByRole('textbox', { name: 'Name of the new metric' }).fill('one');
  await second.getByRole('textbox', { name: 'Expression (PromQL)' }).fill('1');
  await page.getByRole('spinbutton', { name: 'Evaluated every (seconds)' }).fill('30');
  await page.getByRole('button', { name: 'Save' }).click();
  await table.getByText('2 rules').click();
  await table.getByText('rate(requests_total[5m])').waitFor();
  expect(await barriers(page)).toEqual([]);

  await choose(page, 'Web', 'Turn off');
  await table.getByText('Off', { exact: true }).waitFor();
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  expect((await downloading).suggestedFilename()).toBe('recording-rules.yaml');

  await page.getByRole('button', { name: 'Import' }).click();
  await page.getByRole('textbox', { name: 'Rules (YAML)' }).fill(FILE.replace('sum by', 'sum of'));
  await page.getByRole('dialog').getByRole('button', { name: 'Import' }).click();
  await page.getByText(/Line 5: group "imported", rule 1/).waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('textbox', { name: 'Rules (YAML)' }).fill(FILE);
  await page.getByRole('dialog').getByRole('button', { name: 'Import' }).click();
  await page.getByText('Made: imported.').waitFor();
  await page.getByText(/Line 6, imported: Down\./).waitFor();
  await page.getByRole('button', { name: 'Done' }).click();
  await table.getByText('imported').waitFor();

  await choose(page, 'imported', 'Delete…');
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect.poll(() => table.getByText('imported').count()).toBe(0);
  expect(problems).toEqual(['400 /recording-rules', '400 /recording-rules/import']);
});

it('who may not change rules reads them, and a narrow, light screen has no barriers', async () => {
  const { url, adminEmail, adminPassword } = product.server;
  const owner = await signIn(url, adminEmail, adminPassword);
  const rules = [{ record: 'read:only', expr: 'up' }];
  expect((await owner.post('/recording-rules', { name: 'Read', rules })).status).toBe(201);
  const viewer = { email: `vera@${product.server.domain}`, password: 'a long enough pass phrase' };
  expect((await owner.post('/users', { ...viewer, name: 'Vera', role: 'viewer' })).status).toBe(201);
  const sight = { theme: 'light', width: 390 } as const;
  const { page, problems } = await product.open('/metrics/rules', 'Recording rules', sight, viewer);
  await page.getByRole('list', { name: 'Groups of recording rules' }).getByText('Read', { exact: true }).waitFor();
  await expect.poll(() => page.getByRole('button', { name: 'New group' }).count()).toBe(0);
  await expect.poll(() => page.getByRole('button', { name: /^Actions/ }).count()).toBe(0);
  expect(await barriers(page)).toEqual([]);
  expect(problems).toEqual([]);
});
