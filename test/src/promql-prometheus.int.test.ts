import {
  createApiKey,
  protobufMessage,
  Random,
  signIn,
  startPrometheus,
  startServer,
  type TestPrometheus,
  type TestServer,
  whyNoPrometheus,
} from '@aegisguard/testkit';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { snappyLiterals } from './wire/snappy-literals.ts';

// The same samples written to a real Prometheus and to us: both answer the same questions alike.
// We do as the latest version does, Debian's 2.42 differs in two things: its ranges hold both ends, so no sample here lies on one; and a counter that begins near 0 in a window's gap is
// extrapolated further towards the window's start, so these begin anew at a third.

const missing = whyNoPrometheus();
const MINUTES = 40;
/** Unix ms: a whole minute, some time ago. */
const T0 = Math.floor(Date.now() / 60_000 - MINUTES - 5) * 60_000;
const STALE = 0x7ff0000000000002n;

interface WrittenSeries {
  readonly labels: Readonly<Record<string, string>>;
  readonly samples: readonly (readonly [timeMs: number, value: number | 'stale'])[];
}

/** Counters with resets, gauges, gaps longer than the look-back, markers, infinities and NaN; every 15 s, never at a whole second. */
function writtenSeries(): WrittenSeries[] {
  const random = new Random(7);
  return Array.from({ length: 12 }, (_, n) => {
    const isCounter = n < 8;
    const name = isCounter ? 'requests_total' : 'temperature';
    const labels = { __name__: name, job: n % 2 ? 'api' : 'web', n: String(n), path: `/"\\\n${n}` };
    const samples: [number, number | 'stale'][] = [];
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

function remoteWrite(series: readonly WrittenSeries[]): Buffer {
  const timeseries = series.map(({ labels, samples }) =>
    protobufMessage({
      1: Object.entries(labels)
        .sort(([left], [right]) => (left < right ? -1 : 1))
        .map(([name, value]) => protobufMessage({ 1: name, 2: value })),
      2: samples.map(([time, value]) => protobufMessage({ 1: value === 'stale' ? STALE : { double: value }, 2: time })),
    }),
  );
  return snappyLiterals(protobufMessage({ 1: timeseries }));
}

type Answer = {
  data: { resultType: string; result: { metric: Record<string, string>; value?: Point; values?: Point[] }[] };
};
type Point = [number, string];

/** By labels; numbers to 12 digits. */
function comparable({ data }: Answer): unknown {
  const round = ([time, text]: Point): Point => [time, String(Number(Number(text).toPrecision(12)))];
  const entries = data.result.map(({ metric, value, values }) => [
    JSON.stringify(Object.entries(metric).sort()),
    (values ?? (value === undefined ? [] : [value])).map(round),
  ]);
  return { type: data.resultType, series: entries.sort(([left], [right]) => (String(left) < String(right) ? -1 : 1)) };
}

describe.skipIf(missing !== undefined)(
  `PromQL as Prometheus has it${missing === undefined ? '' : `: ${missing}`}`,
  () => {
    let server: TestServer;
    let prometheus: TestPrometheus;
    let api: Awaited<ReturnType<typeof signIn>>;

    beforeAll(async () => {
      server = await startServer();
      api = await signIn(server.url, server.adminEmail, server.adminPassword);
      prometheus = await startPrometheus(() => ({}));
      const { secret } = await createApiKey(server, 'token', { scopes: ['metrics:write'] });
      const series = writtenSeries();
      const body = remoteWrite(series);
      for (const url of [server.url, prometheus.url]) {
        const answer = await fetch(`${url}/api/v1/write`, {
          method: 'POST',
          headers: {
            authorization: `Bearer ${secret}`,
            'content-type': 'application/x-protobuf',
            'content-encoding': 'snappy',
            'x-prometheus-remote-write-version': '0.1.0',
          },
          body,
        });
        expect(answer.status, await answer.text()).toBe(204);
      }
      const query = '{job=~".+"}[2h]';
      await vi.waitFor(
        async () => expect((await ours({ query, time: T0 / 1000 + 3600 })).data.result).toHaveLength(series.length),
        15_000,
      );
    });

    afterAll(async () => {
      await prometheus.stop();
      await server.stop();
    });

    async function ours(body: object): Promise<Answer> {
      const answer = await api.post('/query/metrics', body);
      expect(answer.status, await answer.clone().text()).toBe(200);
      return (await answer.json()) as Answer;
    }

    async function theirs(body: Readonly<Record<string, string | number>>): Promise<Answer> {
      const path = body.step === undefined ? 'query' : 'query_range';
      const parameters = new URLSearchParams(
        Object.fromEntries(Object.entries(body).map(([name, value]) => [name, String(value)])),
      );
      const answer = await fetch(`${prometheus.url}/api/v1/${path}?${parameters}`);
      expect(answer.status, await answer.clone().text()).toBe(200);
      return (await answer.json()) as Answer;
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
        expect(comparable(await ours({ query, time }))).toEqual(comparable(await theirs({ query, time })));
      }
      if (!isRange) {
        const wanted = comparable(await theirs(range));
        expect(JSON.stringify(wanted).length).toBeGreaterThan(1000);
        expect(comparable(await ours(range))).toEqual(wanted);
      }
    });
  },
);
