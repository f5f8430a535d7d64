import { sendLogs, sendSigned, startServer } from '../../packages/testkit/src/index.ts';
import { chromium } from 'playwright-core';
const FLAGS = ['--headless','--no-sandbox','--disable-gpu','--disable-quic','--no-first-run','--disable-background-networking','--disable-component-update','--disable-sync'];
const server = await startServer();
await sendLogs(server.url, server, Array.from({ length: 300 }, (_, i) => ({ service: ['checkout', 'cart'][i % 2], level: ['info', 'error'][i % 7 === 0 ? 1 : 0], message: `request ${i} of jane${i}@example.com` })));
await sendSigned(server.url, { ...server, orgSecret: 'wrong-secret-0123456789' }, '/v1/logs', { logs: [] }).catch(() => undefined);
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: FLAGS });
const problems: string[] = [];
for (const [theme, width] of [['light', 1440], ['dark', 390], ['dark', 1440], ['light', 390]] as const) {
  const context = await browser.newContext({ viewport: { width, height: width === 1440 ? 900 : 844 }, colorScheme: theme });
  const page = await context.newPage();
  page.on('console', (m) => { if (m.type() === 'error') problems.push(`${page.url()}: ${m.text()}`); });
  page.on('pageerror', (e) => problems.push(e.message));
  const shot = async (name: string) => { await page.waitForTimeout(900); await page.screenshot({ path: `/tmp/f/${name}-${theme}-${width}.png` }); };
  await page.goto(`${server.url}/login`); await shot('login');
  await page.getByLabel('E-mail').fill(server.adminEmail);
  await page.getByLabel('Password', { exact: true }).fill(server.adminPassword);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor();
  await page.waitForTimeout(1500); await shot('home');
  const org = new URL(page.url()).pathname.split('/').slice(0, 3).join('/');
  for (const [name, path] of [['people', `${org}/settings/people`], ['organization', `${org}/settings/organization`], ['roles', `${org}/settings/roles`], ['sso', `${org}/settings/sso`], ['keys', `${org}/settings/api-keys`], ['events', `${org}/security/events`], ['audit', `${org}/security/audit`], ['security', '/account/security'], ['sessions', '/account/sessions'], ['docs', `${org}/docs/single-sign-on`]] as const) {
    await page.goto(`${server.url}${path}`); await page.getByRole('heading', { level: 1 }).first().waitFor(); await shot(name);
  }
  await context.close();
}
console.log(problems.join('\n') || 'no console error');
await browser.close(); console.log('stop', await server.stop());
