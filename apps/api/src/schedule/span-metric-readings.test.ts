import { randomUUID } from 'node:crypto';
import {
  AegisError,
  type GraphEdge,
  type GraphEdgeQuery,
  type IngestCount,
  type IngestEnvelope,
  type OrgId,
  parseOrgId,
  type SpanFigures,
} from '@aegisguard/model';
import { buildRemoteWrite } from '@aegisguard/protocols';
import type { Message } from '@aegisguard/queue';
import { beforeEach, expect, it } from 'vitest';
import { SLOT_MS, SpanMetricReadings } from './span-metric-readings.ts';

const ORG = parseOrgId(randomUUID());
const DAY_MS = Date.UTC(2026, 10, 27);

let nowMs: number;
let figures: readonly SpanFigures[];
let edges: readonly GraphEdge[];
let messages: Message[];
let counts: IngestCount[];
let passed: Set<string>;
let activeSeriesMax: number | null;
let senders: readonly OrgId[];
let isDeleted: boolean;
let asked: number[];
let edgesAsked: GraphEdgeQuery[];
let sinceMs: number[];
let failing: Error | undefined;

function newReadings(): SpanMetricReadings {
  return new SpanMetricReadings({
    services: {
      sendersSince: (ms) => {
        sinceMs.push(ms);
        return Promise.resolve(senders);
      },
      measureSpans: (_orgId, { startMs, first }) => {
        asked.push(startMs);
        return failing === undefined
          ? Promise.resolve({
              groups: figures.slice(0, first?.limit),
              stats: { elapsedMs: 0, rowsRead: 0, bytesRead: 0 },
            })
          : Promise.reject(failing);
      },
      readEdges: (_orgId, query) => {
        edgesAsked.push(query);
        const stats = { elapsedMs: 0, rowsRead: 0, bytesRead: 0 };
        return Promise.resolve({ edges: edges.slice(0, query.limit), stats });
      },
    },
    once: {
      pass: (name) => {
        const isFirst = !passed.has(name);
        passed.add(name);
        return Promise.resolve(isFirst);
      },
    },
    organizations: {
      view: (orgId) => {
        if (isDeleted) {
          return Promise.reject(new AegisError('not-found'));
        }
        const retentionDays = { logs: 1, metrics: 7, traces: 1, rum: 1 };
        const settings = { retentionDays, activeSeriesMax, ratePerMin: null, mfaRequired: false, memberCount: 1 };
        return Promise.resolve({ orgId, name: 'A', slug: 'a', createdAt: new Date(0), ...settings });
      },
    },
    queue: {
      append: (_stream, message) => {
        messages.push(message);
        return Promise.resolve({ id: '1' });
      },
    },
    ingestCounts: {
      addIngestCounts: async (added) => {
        counts.push(...added);
      },
    },
    nowMs: () => nowMs,
  });
}

beforeEach(() => {
  nowMs = DAY_MS + 3_600_000 + 1_000;
  [figures, edges, messages, counts, passed] = [[spans('a', 3)], [], [], [], new Set()];
  [asked, edgesAsked, sinceMs] = [[], [], []];
  [activeSeriesMax, senders, isDeleted] = [null, [ORG], false];
  failing = undefined;
});

function spans(service: string, calls: number, firstMs = DAY_MS): SpanFigures {
  return {
    service,
    name: 'GET /',
    kind: 'server',
    status: 'error',
    calls,
    errors: calls,
    nanos: calls * 3e6,
    firstMs,
    lastMs: firstMs,
    // 3 ms.
    durations: { buckets: [87], counts: [calls] },
    slowest: { traceId: 'ab', spanId: 'cd', nanos: 3e6 },
  };
}

/** What was put into the queue: `name{labels} time value`, times in seconds after the hour. */
function written(): string[] {
  return messages.flatMap(({ headers, body }) => {
    const { receivedAtMs, retentionDays } = JSON.parse(headers) as IngestEnvelope;
    const { series, samples, exemplars } = buildRemoteWrite(Buffer.from(body), 1, { receivedAtMs, retentionDays }, []);
    const labelsOf = (at: number) => (series[at]?.labels ?? []).map(([name, value]) => `${name}=${value}`).join(' ');
    const told = Array.from({ length: samples.count }, (_, at) => {
      const seconds = ((samples.timestampMs[at] ?? 0) - DAY_MS - 3_600_000) / 1000;
      return `${labelsOf(samples.series[at] ?? -1)} @${seconds} ${samples.value[at]}`;
    });
    return [...told, ...exemplars.map((one) => `exemplar ${labelsOf(one.series)} ${one.value}`)];
  });
}

const CALLS =
  '__name__=traces_spanmetrics_calls_total service=a span_kind=SPAN_KIND_SERVER span_name=GET / status_code=STATUS_CODE_ERROR';

it('writes totals under the names and labels of Tempo, with cumulative buckets in seconds and an exemplar', async () => {
  expect(await newReadings().run()).toBe(1);
  const lines = written();
  expect(lines).toContain(`${CALLS} @0 3`);
  const bucket = (le: string) =>
    lines
      .filter((line) => line.includes('latency_bucket') && line.includes(`le=${le} `))
      .map((line) => line.split(' ').at(-1));
  expect(['0.002', '0.004', '16.384', '+Inf'].map(bucket)).toEqual([['0'], ['3', '0.003'], ['3'], ['3']]);
  expect(lines.filter((line) => line.startsWith('exemplar'))).toHaveLength(1);
  expect(lines.some((line) => line.includes('latency_sum') && line.endsWith('@0 0.009'))).toBe(true);
  expect(JSON.parse(messages[0]?.headers ?? '')).toMatchObject({
    orgId: ORG,
    retentionDays: 7,
    signal: 'metrics',
    isUnmetered: true,
  });
});

it('reads a slot once, in whichever process', async () => {
  const [one, other] = [newReadings(), newReadings()];
  await one.run();
  await other.run();
  await one.run();
  expect(messages).toHaveLength(1);
  nowMs += SLOT_MS;
  await other.run();
  expect(messages).toHaveLength(2);
});

it('tells what begins to have been 0, and nothing else', async () => {
  const readings = newReadings();
  await readings.run();
  expect(written().filter((line) => line.endsWith(' 0') && line.startsWith(CALLS))).toEqual([]);
  [messages, figures] = [[], [spans('a', 4), spans('b', 1)]];
  nowMs += SLOT_MS;
  await readings.run();
  const zeros = written().filter((line) => line.includes('calls_total') && line.endsWith(' 0'));
  expect(zeros).toHaveLength(20);
  expect(zeros.every((line) => line.includes('service=b'))).toBe(true);
  // A process that has just begun takes for new what had its first span just now.
  [messages, figures] = [[], [spans('a', 4), spans('b', 1, nowMs - 60_000)]];
  nowMs += SLOT_MS;
  await newReadings().run();
  expect(written().filter((line) => line.includes('calls_total') && line.endsWith(' 0'))).toHaveLength(20);
});

it('has an exemplar when something came since', async () => {
  const readings = newReadings();
  const exemplarsNow = async () => {
    messages = [];
    nowMs += SLOT_MS;
    await readings.run();
    return written().filter((line) => line.startsWith('exemplar')).length;
  };
  expect(await exemplarsNow()).toBe(1);
  expect(await exemplarsNow()).toBe(0);
  figures = [spans('a', 5)];
  expect(await exemplarsNow()).toBe(1);
});

it('writes every minute what it has read of who sends no more, without reading it again', async () => {
  const readings = newReadings();
  await readings.run();
  const [reads, minute] = [asked.length, 60_000];
  [senders, messages] = [[], []];
  for (let slot = 1; slot <= 8; slot++) {
    nowMs += SLOT_MS;
    await readings.run();
  }
  expect(written().filter((line) => line.startsWith(CALLS))).toEqual([`${CALLS} @60 3`, `${CALLS} @120 3`]);
  expect(written().filter((line) => line.startsWith('exemplar'))).toEqual([]);
  expect(asked).toHaveLength(reads);
  // Whatever came since it last looked, and so long before that it was not all counted, is read again: other processes may have written meanwhile.
  nowMs += 5 * minute;
  [senders, figures, sinceMs] = [[ORG], [spans('a', 4)], []];
  await readings.run();
  expect(sinceMs.at(-1)).toBe(DAY_MS + 3_600_000 + 2 * minute - 6 * minute);
  expect(written()).toContain(`${CALLS} @420 4`);
  // Edges may be settled late: nothing is remembered for more than ten minutes.
  senders = [];
  const readsAfter = async (ms: number) => {
    const before = asked.length;
    nowMs += ms;
    await readings.run();
    return asked.length - before;
  };
  expect([await readsAfter(9 * minute), await readsAfter(minute), await readsAfter(minute)]).toEqual([0, reads, 0]);
});

it('takes midnight for the end of the day before', async () => {
  nowMs = DAY_MS + 500;
  await newReadings().run();
  nowMs += SLOT_MS;
  await newReadings().run();
  expect([asked[0], asked[2]]).toEqual([DAY_MS - 86_400_000, DAY_MS]);
});

it('writes no more series than there may be, those with most calls, and counts the others', async () => {
  activeSeriesMax = 40;
  figures = [spans('a', 3), spans('b', 2), spans('c', 1)];
  await newReadings().run();
  expect(written().filter((line) => line.includes('calls_total'))).toHaveLength(2);
  expect(counts).toMatchObject([{ signal: 'metrics', outcome: 'too-many-series', records: 18 }]);
});

it('counts the sets beyond the thousand with most calls', async () => {
  figures = Array.from({ length: 1_200 }, (_, n) => spans(`s${n}`, 1));
  await newReadings().run();
  expect(counts).toMatchObject([{ outcome: 'too-many-series', records: 200 * 18 }]);
});

it('writes edges when spans cannot be read, and takes neither for new afterwards', async () => {
  const readings = newReadings();
  const callsNow = async () => {
    messages = [];
    nowMs += SLOT_MS;
    const failure = await readings.run().catch((error: unknown) => error);
    const lines = written().filter((line) => /calls_total|request_total/.test(line));
    return [failure instanceof AggregateError, lines.map((line) => /^__name__=traces_(\w+)/.exec(line)?.[1])];
  };
  edges = [edge('mysql', 2)];
  const both = ['spanmetrics_calls_total', 'service_graph_request_total'];
  failing = new AegisError('query-too-large');
  expect(await callsNow()).toEqual([true, both.slice(1)]);
  failing = undefined;
  expect(await callsNow()).toEqual([false, both]);
  failing = new AegisError('query-too-large');
  expect(await callsNow()).toEqual([true, both.slice(1)]);
  failing = undefined;
  expect(await callsNow()).toEqual([false, both]);
});

function edge(system: string, calls: number): GraphEdge {
  return {
    client: { type: 'service', name: 'a' },
    server: { type: 'database', name: 'shop' },
    connectionType: 'database',
    system,
    destination: '',
    calls,
    errors: 1,
    clientSide: { nanos: calls * 3e6, durations: { buckets: [87], counts: [calls] } },
    serverSide: { nanos: 0, durations: { buckets: [], counts: [] } },
    slowest: { traceId: 'ab', spanId: 'cd', nanos: 3e6 },
  };
}

it('writes edges under the labels of Tempo, with the durations of whoever sends spans', async () => {
  [figures, edges] = [[], [edge('mysql', 5)]];
  await newReadings().run();
  const labels = 'client=a connection_type=database server=shop';
  const lines = written();
  expect(lines).toContain(`__name__=traces_service_graph_request_total ${labels} @0 5`);
  expect(lines).toContain(`__name__=traces_service_graph_request_failed_total ${labels} @0 1`);
  expect(lines).toContain(`__name__=traces_service_graph_request_client_seconds_count ${labels} @0 5`);
  expect(lines.some((line) => line.includes('server_seconds'))).toBe(false);
  // Nothing is beyond, so nothing more is asked.
  expect(edgesAsked).toMatchObject([{ isMerged: true, limit: 301 }]);
  expect(counts).toEqual([]);
});

it('counts the series of edges beyond the three hundred with most calls, without their durations', async () => {
  [figures, edges] = [[], Array.from({ length: 310 }, (_, n) => ({ ...edge('', 3), client: caller(n) }))];
  await newReadings().run();
  expect(written().filter((line) => line.includes('request_total'))).toHaveLength(300);
  // Calls, failures, and what the client measured.
  expect(counts).toMatchObject([{ outcome: 'too-many-series', records: 10 * (2 + 17) }]);
  expect(edgesAsked.map(({ withoutDurations = false }) => withoutDurations)).toEqual([false, true]);
});

function caller(n: number): GraphEdge['client'] {
  return { type: 'service', name: `s${n}` };
}

it('writes nothing of an organization that is gone', async () => {
  isDeleted = true;
  await newReadings().run();
  expect(messages).toEqual([]);
});
