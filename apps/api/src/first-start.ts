import { createHmac } from 'node:crypto';
import type { BootstrapOutcome } from '@aegisguard/accounts';

type Created = Extract<BootstrapOutcome, { created: true }>;

const HELLO = '{"logs":[{"service":"hello","level":"info","message":"Hello from curl"}]}';

/** What the very first start prints: where to go, and once, the secrets that were made up. Those given by environment are known to whoever gave them. */
export function firstStartBox(url: string, created: Created): string {
  const secret = (name: 'adminPassword' | 'orgSecret', variable: string): string =>
    created.generated.has(name) ? created[name] : `(as given by ${variable})`;
  const signature = createHmac('sha256', created.orgSecret).update(HELLO).digest('hex');
  return [
    '',
    `  AegisGuard is ready        ${url}`,
    '',
    `  e-mail                     ${created.adminEmail}`,
    `  password                   ${secret('adminPassword', 'AEGIS_ADMIN_PASSWORD')}`,
    '',
    `  ingest key (x-org-key)     ${created.orgKey}`,
    `  ingest secret (HMAC)       ${secret('orgSecret', 'AEGIS_ORG_SECRET')}`,
    '',
    `${created.generated.size === 0 ? '  ' : '  Secrets are shown this once: keep them. '}A first log, signed and ready to paste:`,
    '',
    `curl -sS '${url}/v1/logs' -H 'content-type: application/json' -H 'x-org-key: ${created.orgKey}' \\`,
    `  -H 'x-signature: sha256=${signature}' --data-raw '${HELLO}'`,
    '',
    '',
  ].join('\n');
}

/** What later starts print. */
export function startLine(url: string): string {
  return `\n  AegisGuard is ready        ${url}\n\n`;
}
