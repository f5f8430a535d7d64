import { randomBytes } from 'node:crypto';
import { type Accounts, type Actor, openAccounts } from '@aegisguard/accounts';
import {
  AegisError,
  type IngestEnvelope,
  isStaleMarker,
  type Labels,
  type OrgId,
  type RecordingRule,
  type SeriesSamples,
} from '@aegisguard/model';
import { seriesId } from '@aegisguard/model/series-id';
import { buildRemoteWrite } from '@aegisguard/protocols';
import type { Message } from '@aegisguard/queue';
import { closeDatabases, createDatabase, ReferenceMetricReader } from '@aegisguard/testkit';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SelfMetrics } from '../../platform/self-metrics.ts';
import { RuleEvaluation } from './rule-evaluation.ts';

const MINUTE_MS = 60_000;

let nowMs = Date.parse('2026-11-26T12:00:00.000Z');
let accounts: Accounts;
let owner: Actor & { readonly id: string };
const messages: Message[] = [];
let isQueueAway = false;

beforeAll(async () => {
  accounts = openAccounts({ databaseUrl: await createDatabase(), masterKey: randomBytes(32), now: () => nowMs });
  await accounts.migrate();
  const user = await accounts.users.create({ email: 'owner@people.example', name: 'O', password: 'sloth marble quay' });
  owner = { ip: null, userAgent: null, requestId: null, kind: 'user', id: user.id, name: user.email };
});

afterAll(async () => {
  await accounts.close();
  await closeDatabases();
});

/** What organizations have sent so far: written again for every minute. */
const sent = new Map<OrgId, readonly (readonly [labels: Labels, value: number])[]>();

/** A series with its value at a time that the last slot had seen. */
function seriesOf([labels, value]: readonly [Labels, number]): SeriesSamples {
  const timestampsMs = Float64Array.of(nowMs - 2 * MINUTE_MS);
  return {
    id: seriesId(labels),
    labels,
    timestampsMs,
    values: Float64Array.of(value),
    startsMs: new Float64Array(1),
    histograms: [],
  };
}

function evaluation(stopping = new AbortController().signal, rememberedMax = 1000): RuleEvaluation {
  const reader = () =>
    new ReferenceMetricReader(new Map([...sent].map(([id, all]) => [id, { series: all.map(seriesOf) }])));
  const metrics = {
    readSamples: (...asked: Parameters<ReferenceMetricReader['readSamples']>) => reader().readSamples(...asked),
  };
  return new RuleEvaluation({
    schedule: accounts.ruleSchedule,
    metrics: Object.assign(reader(), metrics),
    queue: {
      append: (_stream, message) => {
        if (isQueueAway) {
          return Promise.reject(new AegisError('queue-full', { detail: 'The queue is full.' }));
        }
        messages.push(message);
        return Promise.resolve({ id: '1' });
      },
    },
    selfMetrics: new SelfMetrics(),
    logger: pino({ level: 'silent' }),
    nowMs: () => nowMs,
    stopping,
    rememberedMax,
  });
}

/** What was queued since the last time, by lane, as `name{labels} value`. */
function queued(): Record<string, string[]> {
  const told = messages.splice(0).flatMap(({ lane, headers, body }) => {
    const envelope = JSON.parse(headers) as IngestEnvelope;
    const { series, samples } = buildRemoteWrite(body, 1, envelope, envelope.rejected);
    expect(envelope).toMatchObject({ orgId: lane, signal: 'metrics', retentionDays: 30, accepted: samples.count });
    return Array.from({ length: samples.count }, (_, at) => {
      const { __name__: name, ...labels } = Object.fromEntries(series[samples.series[at] ?? -1]?.labels ?? []);
      const value = isStaleMarker(samples.value, at) ? 'stale' : samples.value[at];
      return { lane, text: `${name}${JSON.stringify(labels)} ${value}` };
    });
  });
  return Object.fromEntries(
    [...Map.groupBy(told, ({ lane }) => lane)].map(([lane, all]) => [lane, all.map(({ text }) => text).sort()]),
  );
}

async function organization(name: string, rules: readonly RecordingRule[]) {
  const orgId = await accounts.organizations.create(owner, { name, ownerUserId: owner.id });
  const settings = { name: 'rules', intervalSeconds: 60, limit: 0, rules: [...rules], enabled: true };
  const { id } = await accounts.ruleGroups.create(orgId, owner, settings);
  return { orgId, id, settings };
}

const up = (instance: string, value: number) =>
  [
    [
      ['__name__', 'up'],
      ['instance', instance],
      ['job', 'web'],
    ] as Labels,
    value,
  ] as const;
const rule = (record: string, expr: string, labels: Record<string, string> = {}): RecordingRule => ({
  record,
  expr,
  labels,
});

it('each organization gets what its rules make of its own data; what is over is ended; what fails is said', async () => {
  const rules = [
    rule('up:kept', 'up', { job: '', team: 'a' }),
    rule('up:sum', 'sum(up)'),
    rule('one', '1'),
    rule('clash', 'up', { instance: '' }),
    rule('late', 'up:sum * 2'),
  ];
  const [a, b] = [await organization('A', rules), await organization('B', rules)];
  sent.set(a.orgId, [up('x', 3), up('y', 4)]);
  sent.set(b.orgId, [up('z', 5)]);
  const rulesOfA = evaluation();
  nowMs += 2 * MINUTE_MS;
  expect(await Promise.all([rulesOfA.runDue(), rulesOfA.runDue()])).toSatisfy(([one, other]) => one + other === 2);
  expect(queued()).toEqual({
    [a.orgId]: [
      'one{} 1',
      'up:kept{"instance":"x","team":"a"} 3',
      'up:kept{"instance":"y","team":"a"} 4',
      'up:sum{} 7',
    ],
    [b.orgId]: ['clash{"job":"web"} 5', 'one{} 1', 'up:kept{"instance":"z","team":"a"} 5', 'up:sum{} 5'],
  });
  const { outcome } = await accounts.ruleGroups.find(a.orgId, a.id);
  expect(outcome?.rules).toMatchObject([
    { health: 'ok', samples: 2, error: null },
    { health: 'ok', samples: 1 },
    { health: 'ok', samples: 1 },
    { health: 'err', samples: 0, error: 'vector contains metrics with the same labelset after applying rule labels' },
    { health: 'ok', samples: 0 },
  ]);
  expect(await rulesOfA.runDue()).toBe(0);

  sent.set(a.orgId, [up('y', 6)]);
  sent.set(b.orgId, []);
  nowMs += MINUTE_MS;
  await rulesOfA.runDue();
  expect(queued()).toEqual({
    // A rule that failed before has now a result.
    [a.orgId]: [
      'clash{"job":"web"} 6',
      'one{} 1',
      'up:kept{"instance":"x","team":"a"} stale',
      'up:kept{"instance":"y","team":"a"} 6',
      'up:sum{} 6',
    ],
    [b.orgId]: ['clash{"job":"web"} stale', 'one{} 1', 'up:kept{"instance":"z","team":"a"} stale', 'up:sum{} stale'],
  });

  // A rule that is gone or another now ends what it gave, and so does a group that is off.
  await accounts.ruleGroups.update(a.orgId, owner, a.id, { ...a.settings, rules: [rule('up:sum', 'sum(up) + 1')] });
  await accounts.ruleGroups.update(b.orgId, owner, b.id, { ...b.settings, enabled: false });
  nowMs += 2 * MINUTE_MS;
  await rulesOfA.runDue();
  expect(queued()).toEqual({
    [a.orgId]: ['clash{"job":"web"} stale', 'one{} stale', 'up:kept{"instance":"y","team":"a"} stale', 'up:sum{} 7'],
    [b.orgId]: ['one{} stale'],
  });
});

it('a limit, a queue that is full and a stop', async () => {
  const { orgId, id, settings } = await organization('Limited', [rule('up:kept', 'up'), rule('one', '1')]);
  await accounts.ruleGroups.update(orgId, owner, id, { ...settings, limit: 1 });
  sent.set(orgId, [up('x', 3), up('y', 4)]);
  const stop = new AbortController();
  const limited = evaluation(stop.signal);
  nowMs += 2 * MINUTE_MS;
  await limited.runDue();
  expect(queued()[orgId]).toEqual(['one{} 1']);
  const outcomes = async () => (await accounts.ruleGroups.find(orgId, id)).outcome?.rules;
  expect(await outcomes()).toMatchObject([{ error: 'exceeded limit of 1 with 2 series' }, { health: 'ok' }]);

  isQueueAway = true;
  nowMs += MINUTE_MS;
  await limited.runDue();
  isQueueAway = false;
  expect(await outcomes()).toMatchObject([
    { error: 'exceeded limit of 1 with 2 series' },
    { health: 'err', samples: 0, error: 'The results could not be stored: The queue is full.' },
  ]);

  stop.abort();
  nowMs += MINUTE_MS;
  expect(await limited.runDue()).toBe(0);
  expect(queued()).toEqual({});
});

it('of an organization with very many series not all are remembered', async () => {
  const { orgId } = await organization('Many', [rule('up:kept', 'up')]);
  const ends = async (rememberedMax: number) => {
    const rules = evaluation(undefined, rememberedMax);
    sent.set(orgId, [up('x', 3), up('y', 4)]);
    nowMs += 2 * MINUTE_MS;
    await rules.runDue();
    sent.set(orgId, [up('x', 5)]);
    nowMs += MINUTE_MS;
    await rules.runDue();
    return queued()[orgId]?.filter((text) => text.endsWith(' stale'));
  };
  expect(await ends(2)).toEqual(['up:kept{"instance":"y","job":"web"} stale']);
  expect(await ends(1)).toEqual([]);
});

it('an end that could not be stored is said with the next evaluation', async () => {
  const { orgId } = await organization('Away', [rule('up:kept', 'up')]);
  const rules = evaluation();
  sent.set(orgId, [up('x', 3), up('y', 4)]);
  nowMs += 2 * MINUTE_MS;
  await rules.runDue();
  sent.set(orgId, [up('x', 5)]);
  isQueueAway = true;
  nowMs += MINUTE_MS;
  await rules.runDue();
  isQueueAway = false;
  queued();
  nowMs += MINUTE_MS;
  await rules.runDue();
  expect(queued()[orgId]).toContain('up:kept{"instance":"y","job":"web"} stale');
});
