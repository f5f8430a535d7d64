// `npm run promql-compliance`: the queries of https://github.com/prometheus/compliance, over the same samples, to us and to Debian's Prometheus.
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { startServer, suitePath, whyNoPrometheus } from '@aegisguard/testkit';
import { differenceOf } from './compare-answers.ts';
import { demoSeries } from './demo-series.ts';
import { knownReason } from './known-differences.ts';
import { startTwoServers, type TwoServers } from './two-servers.ts';

const MINUTE_MS = 60_000;
/** The longest window of a query is an hour, and it is asked for over ten minutes. */
const WRITTEN_MS = 100 * MINUTE_MS;
const ASKED_MS = 10 * MINUTE_MS;
/** Offsets look ten minutes ahead. */
const AHEAD_MS = 12 * MINUTE_MS;
const AT_A_TIME = 4;

interface Case {
  readonly query: string;
}

/** How a query was answered, over a range and at one time. */
interface Outcome {
  readonly query: string;
  readonly differences: readonly { readonly endpoint: string; readonly difference: string }[];
}

/** Of a range, and of its last time. No time of evaluation is a multiple of ten seconds, where subqueries are evaluated, and all are whole seconds, where no sample is: on the edge of a window the versions of Prometheus disagree. */
function questions(query: string, endMs: number) {
  const end = Math.floor(endMs / 10_000) * 10 + 3;
  return [
    ['query_range', { query, start: end - ASKED_MS / 1000, end, step: 10 }],
    ['query', { query, time: end }],
  ] as const;
}

async function outcomeOf({ ours, theirs }: TwoServers, query: string, endMs: number): Promise<Outcome> {
  const found = [];
  for (const [endpoint, question] of questions(query, endMs)) {
    const difference = differenceOf(await ours(endpoint, question), await theirs(endpoint, question));
    found.push(...(difference === undefined ? [] : [{ endpoint, difference }]));
  }
  return { query, differences: found };
}

async function outcomes(servers: TwoServers, queries: readonly string[], endMs: number): Promise<Outcome[]> {
  const found: Outcome[] = [];
  const rest = queries.entries();
  const work = async (): Promise<void> => {
    for (const [index, query] of rest) {
      found[index] = await outcomeOf(servers, query, endMs);
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  return found;
}

function report(found: readonly Outcome[]): boolean {
  const different = found.filter(({ differences }) => differences.length > 0);
  const explained = different.filter(({ query }) => knownReason(query) !== undefined);
  for (const { query, differences } of different) {
    console.log(`\n${query}`);
    for (const { endpoint, difference } of differences) {
      console.log(`  ${endpoint}: ${difference}`);
    }
    console.log(`  ${knownReason(query) ?? 'no known reason'}`);
  }
  const equal = found.length - different.length;
  const percent = (count: number): string => `${((100 * count) / found.length).toFixed(2)} %`;
  const rows = [
    ['queries', found.length, ''],
    ['answered equal', equal, percent(equal)],
    ['otherwise, for a known reason', explained.length, percent(explained.length)],
    ['otherwise', different.length - explained.length, percent(different.length - explained.length)],
  ] as const;
  console.log('');
  for (const [name, count, share] of rows) {
    console.log(`${name.padEnd(30)} ${String(count).padStart(5)} ${share.padStart(9)}`);
  }
  return different.length === explained.length;
}

const path = suitePath('prometheus-compliance', 'queries_expanded.json');
const missing =
  path === undefined ? 'the suite prometheus-compliance is not there (AEGIS_SUITES_DIR)' : whyNoPrometheus();
if (path === undefined || missing !== undefined) {
  console.error(missing);
  process.exit(2);
}
const queries = (JSON.parse(readFileSync(path, 'utf8')) as Case[]).map(({ query }) => query);
const writtenUntilMs = Date.now();
const server = await startServer();
try {
  const series = demoSeries(writtenUntilMs - WRITTEN_MS, writtenUntilMs);
  const servers = await startTwoServers(server, series);
  const compared = outcomes(servers, queries, writtenUntilMs - AHEAD_MS).finally(() => servers.stop());
  process.exitCode = report(await compared) ? 0 : 1;
} finally {
  await server.stop();
}
