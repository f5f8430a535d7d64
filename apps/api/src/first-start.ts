import { createHmac } from 'node:crypto';
import type { BootstrapOutcome } from '@aegisguard/accounts';
import type { Engines } from './platform/engines.ts';

type Created = Extract<BootstrapOutcome, { created: true }>;

const HELLO = '{"logs":[{"service":"hello","level":"info","message":"Hello from curl"}]}';

/** What the very first start prints: where to go, and once, the secrets that were made up. Those given by environment are known to whoever gave them. */
export function firstStartBox(url: string, otlpPorts: Engines['otlpPorts'], created: Created): string {
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
    `  OTLP is taken at           ${otlpEndpoints(url, otlpPorts)}`,
    `  make a token for it at     ${url}/send-data`,
    '',
    '',
  ].join('\n');
}

/** Its own ports, or the main one, which takes OTLP over HTTP, too. */
function otlpEndpoints(url: string, { http, grpc }: Engines['otlpPorts']): string {
  const { hostname } = new URL(url);
  const places = [
    http === null ? `${url} (HTTP)` : `http://${hostname}:${http} (HTTP)`,
    ...(grpc === null ? [] : [`http://${hostname}:${grpc} (gRPC)`]),
  ];
  return places.join(', ');
}

/** What later starts print. */
export function startLine(url: string): string {
  return `\n  AegisGuard is ready        ${url}\n\n`;
}
