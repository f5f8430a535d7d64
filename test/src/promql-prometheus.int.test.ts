import { readFileSync } from 'node:fs';
import {
  type JoinedServer,
  joinServer,
  Random,
  type RemoteSample,
  type RemoteSeries,
  suitePath,
  whyNoPrometheus,
} from '@aegisguard/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { differenceOf } from './promql-compliance/compare-answers.ts';
import { demoSeries } from './promql-compliance/demo-series.ts';
import { knownReason } from './promql-compliance/known-differences.ts';
import { type ApiQuestion, startTwoServers, type TwoServers } from './promql-compliance/two-servers.ts';

// The same samples written to a real Prometheus and to us: both answer the same questions alike.
// We do as the latest version does, Debian's 2.42 differs in two things: its ranges hold both ends, so no sample here lies on one; and a counter that begins near 0 in a window's gap is
// extrapolated further towards the window's start, so these begin anew at a third.

const missing = whyNoPrometheus();
const MINUTES = 40;
/** Unix ms: a whole minute, some time ago. */
const T0 = Math.floor(Date.now() / 60_000 - MINUTES - 5) * 60_000;
/** Counters with resets, gauges, gaps longer than the look-back, markers, infinities and NaN; every 15 s, never at a whole second. */
function writtenSeries(): RemoteSeries[] {
  const random = new Random(7);
  return Array.from({ length: 12 }, (_, n) => {
    const isCounter = n < 8;
    const name = isCounter ? 'requests_total' : 'temperature';
    const labels = { __name__: name, job: n % 2 ? 'api' : 'web', n: String(n), path: `/"\\\n${n}` };
    const samples: RemoteSample[] = [];
    let value = 1e9;
    for (const timeMs of sampleTimes(random)) {
      value = isCounter ? nextCount(random, value) : nextTemperature(random);
      samples.push([timeMs, random.below(30) === 0 ? 'stale' : value]);
    }
    return { labels, samples };
  });
}

function sampleTimes(random: Random): number[] {
  const times: number[] = [];
  for (let ms = T0 + 137 + random.below(14_000); ms < T0 + MINUTES * 60_000; ms += 15_000) {
    if (random.below(40) === 0) {
      ms += 60_000 * (1 + random.below(8));
    }
    const timeMs = ms + random.below(300);
    times.push(timeMs % 1000 === 0 ? timeMs + 1 : timeMs);
  }
  return times;
}

function nextCount(random: Random, count: number): number {
  return random.below(25) === 0 ? Math.floor(count / 3) : count + random.below(50);
}

function nextTemperature(random: Random): number {
  const rare = [Number.NaN, Number.POSITIVE_INFINITY][random.below(60)];
  return rare ?? random.below(1000) / 8 - 50;
}

describe.skipIf(missing !== undefined)(
  `PromQL as Prometheus has it${missing === undefined ? '' : `: ${missing}`}`,
  () => {
    let server: JoinedServer;
    let servers: TwoServers;

    beforeAll(async () => {
      server = await joinServer();
      servers = await startTwoServers(server, [...writtenSeries(), ...demoSeries(T0, T0 + MINUTES * 60_000)]);
    });

    afterAll(async () => {
      await servers.stop();
      await server.leave();
    });

    /** What both answer, and how that differs by more than the twelfth digit. */
    async function both(endpoint: string, question: ApiQuestion, tolerance = 1e-11) {
      const [ours, theirs] = await Promise.all([servers.ours(endpoint, question), servers.theirs(endpoint, question)]);
      return { difference: differenceOf(ours, theirs, tolerance), theirs };
    }

    const middle = T0 / 1000 + 1200;

    it.each([
      'requests_total',
      'temperature',
      '{job="api"}',
      '{__name__=~"req.*|temp.*", n!="3"}',
      'requests_total{n=~"1|2|11"}',
      'requests_total{n!~"[0-3]", job!=""}',
      'requests_total{missing=""}',
      'requests_total offset 7m',
      'requests_total offset -3m',
      `requests_total @ ${middle}`,
      `temperature @ ${middle}.5 offset 2m`,
      'temperature @ start()',
      'temperature @ end() offset 1m',
      'rate(requests_total[1m])',
      'rate(requests_total[5m])',
      'rate(requests_total{job="web"}[20m] offset 3m)',
      'increase(requests_total[5m])',
      'increase(requests_total[37s])',
      `increase(requests_total[10m] @ ${middle})`,
      'requests_total[3m]',
      '{job="web"}[10m] offset 90s',
      `temperature[15m] @ ${middle}`,
    ])('%s', async (query) => {
      const range = { query, start: T0 / 1000 + 60, end: T0 / 1000 + MINUTES * 60 + 180, step: 17 };
      const isRange = query.includes(']') && !query.includes('(');
      for (const time of [T0 / 1000 + 60, middle, middle + 333, T0 / 1000 + MINUTES * 60]) {
        expect((await both('query', { query, time })).difference).toBeUndefined();
      }
      if (!isRange) {
        const { difference, theirs } = await both('query_range', range);
        expect(JSON.stringify(theirs).length).toBeGreaterThan(1000);
        expect(difference).toBeUndefined();
      }
    });

    const suite = suitePath('prometheus-compliance', 'queries_expanded.json');

    it.skipIf(suite === undefined)('every tenth query of the compliance suite', async () => {
      const cases = JSON.parse(readFileSync(suite ?? '', 'utf8')) as { query: string }[];
      const queries = cases.map(({ query }) => query).filter((_, index) => index % 10 === 0);
      const differences: string[] = [];
      for (const query of queries.filter((one) => knownReason(one) === undefined)) {
        const start = Math.floor(T0 / 10_000) * 10 + 1203;
        const { difference } = await both('query_range', { query, start, end: start + 300, step: 10 }, 1e-5);
        differences.push(...(difference === undefined ? [] : [`${query}: ${difference}`]));
      }
      expect(differences).toEqual([]);
    });
  },
);
