import { DEFAULT_PRIVACY_POLICY, type LogRecord, parseOrgId } from '@aegisguard/model';
import {
  createScrubber,
  createUserAgentLookup,
  LOG_STAGES,
  openGeoDatabases,
  ScrubTally,
  type StageContext,
} from '@aegisguard/pipeline';
import { Random, writeMmdb } from '@aegisguard/testkit';
import { generateRecords } from './log-records.ts';
import type { BenchRow } from './table.ts';

const ROWS = 10_000;
const RUNS = 9;
const BROWSERS = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
] as const;

/** What each stage costs a log, in one thread, without decoding and encoding: plain logs of the path's generator, and some that give the stages more to do. */
export function benchPipeline(): Promise<BenchRow[]> {
  const kinds: Readonly<Record<string, (log: LogRecord, random: Random) => void>> = {
    'plain logs': () => undefined,
    'JSON in the message': (log) => {
      log.message = JSON.stringify({ msg: log.message, level: log.level, ...log.attributes });
    },
    'access logs with address and browser': (log, random) => {
      log.attributes['client.address'] = `81.2.69.${random.below(256)}`;
      log.attributes['user_agent.original'] = random.pick(BROWSERS);
    },
    'an e-mail address and a card in each': (log, random) => {
      log.message += ` for user${random.below(1000)}@example.com paying with 4111 1111 1111 1111`;
    },
  };
  return Promise.resolve(Object.entries(kinds).flatMap(([kind, change]) => benchKind(kind, change)));
}

function benchKind(kind: string, change: (log: LogRecord, random: Random) => void): BenchRow[] {
  const times = LOG_STAGES.map((): number[] => []);
  const totals: number[] = [];
  const context = sampleContext();
  for (let run = 0; run < RUNS; run += 1) {
    const random = new Random(run);
    const logs = generateRecords(random, Date.now(), ROWS, 1);
    for (const log of logs) {
      change(log, random);
    }
    let total = 0;
    for (const [at, stage] of LOG_STAGES.entries()) {
      const before = process.threadCpuUsage();
      for (const log of logs) {
        stage.apply(log, context);
      }
      const { system, user } = process.threadCpuUsage(before);
      const micros = (system + user) / ROWS;
      times[at]?.push(micros);
      total += micros;
    }
    totals.push(total);
  }
  const shares = LOG_STAGES.map(({ name }, at) => `${name} ${median(times[at] ?? []).toFixed(2)}`);
  return [{ name: `pipeline: ${kind}, µs of CPU per log`, value: median(totals).toFixed(2), note: shares.join(', ') }];
}

function sampleContext(): StageContext {
  return {
    envelope: {
      v: 1,
      orgId: parseOrgId('019385a0-0000-7000-8000-000000000001'),
      signal: 'logs',
      format: 'native-json',
      batchId: '019385a1-0000-7000-8000-000000000000',
      keyId: 'key',
      receivedAtMs: Date.now(),
      retentionDays: 30,
      accepted: ROWS,
      rejected: [],
      clientAddress: '127.0.0.1',
    },
    scrubber: createScrubber(DEFAULT_PRIVACY_POLICY, new Uint8Array(32)),
    tally: new ScrubTally(),
    geo: openGeoDatabases([
      writeMmdb({ '81.2.69.0/24': { country_code: 'GB', city: 'London', latitude: 51.5, longitude: 0 } }),
    ]),
    userAgents: createUserAgentLookup(),
  };
}

/** The middle one: the first runs compile, and other programs disturb some. */
function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
