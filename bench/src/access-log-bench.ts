import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { sendLogs, signIn, startServer, suitePath, type TestServer } from '@aegisguard/testkit';
import { settledDiskBytes } from './process-usage.ts';
import { type BenchRow, whole } from './table.ts';

const BATCH_ROWS = 1000;
const LINE =
  /^(?<client>\S+) \S+ (?<user>\S+) \[(?<time>[^\]]+)\] "(?<method>\S+) (?<path>\S+) [^"]*" (?<status>\d+) (?<bytes>\S+) "(?<referrer>[^"]*)" "(?<agent>.*)"$/;

/** How much smaller real access logs are on disk than the JSON that was sent: the lines as messages, then parsed into attributes as well. Each line once. */
export async function benchAccessLogs(): Promise<BenchRow[]> {
  const path = suitePath('logs-elastic/apache_logs/apache_logs');
  if (path === undefined) {
    return [{ name: 'access logs', value: 'skipped', note: 'the suite logs-elastic is not there' }];
  }
  const lines = readFileSync(path, 'utf8').trim().split('\n');
  const parsed = (line: string) => ({ message: line, attributes: attributesOf(line) });
  return [
    await benchLines('access logs as messages', lines, (line) => ({ message: line })),
    await benchLines('access logs with attributes', lines, parsed),
  ];
}

async function benchLines(name: string, lines: readonly string[], shape: (line: string) => object): Promise<BenchRow> {
  // The lines' own times are years ago, past any retention: they are moved to the last hour, in their order.
  const startMs = Date.now() - 3_000_000;
  const server = await startServer({ env: { AEGIS_LOG_LEVEL: 'warn' } });
  try {
    let sentBytes = 0;
    for (let first = 0; first < lines.length; first += BATCH_ROWS) {
      const batch = lines.slice(first, first + BATCH_ROWS).map((line, row) => ({
        timestamp: new Date(startMs + (first + row) * 100).toISOString(),
        service: 'apache',
        ...shape(line),
      }));
      sentBytes += JSON.stringify({ logs: batch }).length;
      const answer = await sendLogs(server.url, server, batch);
      if (answer.status !== 202) {
        throw new Error(`a batch was answered ${answer.status}: ${await answer.text()}`);
      }
    }
    await allStored(server, lines.length);
    const disk = await settledDiskBytes(`${server.dataDir}/clickhouse/store`);
    const note = `${whole(lines.length)} Apache lines, ${whole(sentBytes / lines.length)} bytes of JSON each, ${(disk / lines.length).toFixed(1)} on disk`;
    return { name: `${name}: times smaller than the JSON sent`, value: (sentBytes / disk).toFixed(1), note };
  } finally {
    await server.stop();
  }
}

async function allStored(server: TestServer, count: number): Promise<void> {
  const api = await signIn(server.url, server.adminEmail, server.adminPassword);
  const stored = async () => {
    const answer = await api.post('/query/logs/histogram', { query: '{service="apache"}' });
    return ((await answer.json()) as { total: number }).total;
  };
  while ((await stored()) < count) {
    await delay(100);
  }
}

function attributesOf(line: string): object {
  const { client, method, path, status, bytes } = LINE.exec(line)?.groups ?? {};
  return method === undefined ? {} : { client, method, path, status: Number(status), bytes: Number(bytes) || 0 };
}
