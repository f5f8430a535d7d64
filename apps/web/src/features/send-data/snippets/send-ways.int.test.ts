import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { IngestCountsAnswer } from '@aegisguard/model';
import {
  createApiKey,
  type JoinedServer,
  joinServer,
  prometheusConfigFault,
  signIn,
  startPrometheus,
  whyNoPrometheus,
} from '@aegisguard/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CURL } from './own-code.ts';
import { PROMETHEUS } from './prometheus.ts';
import { type SendTarget, sendTarget } from './send-target.ts';
import type { SendWay } from './snippet.ts';

// What the page shows, used as it is shown, with a key such as the page makes.

let server: JoinedServer;
let api: Awaited<ReturnType<typeof signIn>>;
let target: SendTarget;

beforeAll(async () => {
  server = await joinServer();
  api = await signIn(server.url, server.adminEmail, server.adminPassword);
  target = sendTarget({ http: server.url, otlpHttpPort: null, otlpGrpcPort: null });
});

afterAll(async () => {
  await server.leave();
});

function makeKey({ label, keyKind, scopes }: SendWay) {
  return createApiKey(server, keyKind, { name: label, scopes });
}

/** The outcomes that are counted for a key. */
async function outcomes(keyId: string): Promise<readonly string[]> {
  const { rows } = IngestCountsAnswer.parse(await (await api.get('/ingest/counts')).json());
  return rows.filter((row) => row.keyId === keyId).map(({ outcome }) => outcome);
}

it('every curl command is accepted by a plain shell', async () => {
  const snippets = CURL.snippets(target, await makeKey(CURL));
  expect(snippets.map(({ title }) => title)).toEqual(['A log', 'A metric', 'A span']);
  for (const { title, text } of snippets) {
    const { stdout } = await promisify(execFile)('sh', ['-c', text]);
    expect(JSON.parse(stdout), title).toMatchObject({ accepted: 1, rejected: 0 });
  }
});

const missing = whyNoPrometheus();

describe.skipIf(missing !== undefined)(`prometheus.yml${missing === undefined ? '' : `: ${missing}`}`, () => {
  const textOf = (index: number, credentials: { key: string; secret: string }) =>
    PROMETHEUS.snippets(target, credentials)[index]?.text ?? '';

  it('the text for any version is valid, and delivers', async () => {
    const key = await makeKey(PROMETHEUS);
    const text = textOf(0, key);
    expect(await prometheusConfigFault(text)).toBeUndefined();
    const prometheus = await startPrometheus(
      (self) =>
        `global: {scrape_interval: 1s}\nscrape_configs: [{job_name: self, static_configs: [{targets: ['${self}']}]}]\n${text}`,
    );
    try {
      await expect.poll(() => outcomes(key.id), { interval: 500 }).toEqual(['accepted']);
    } finally {
      await prometheus.stop();
    }
  });

  it('the text for version 3 is valid, or has one option that an older version does not know', async () => {
    const fault = await prometheusConfigFault(textOf(1, { key: 'k', secret: 's' }));
    const faults = fault?.match(/line \d+: .*/g) ?? [];
    expect(faults.filter((each) => !each.startsWith('line 8: field protobuf_message not found'))).toEqual([]);
    expect(fault === undefined || faults.length === 1, fault).toBe(true);
  });
});
