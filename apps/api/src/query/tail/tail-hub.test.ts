import { type OrgId, parseOrgId } from '@aegisguard/model';
import { openMemoryTails, type TailCatch } from '@aegisguard/tail';
import { expect, it } from 'vitest';
import { SelfMetrics } from '../../platform/self-metrics.ts';
import { TailHub } from './tail-hub.ts';

const [A, B] = [parseOrgId('11111111-1111-4111-8111-111111111111'), parseOrgId('22222222-2222-4222-8222-222222222222')];
const GONE = { reason: 'gone', detail: '' } as const;
const reader = (orgId: OrgId, whyEnded = async (): Promise<string | undefined> => undefined) => ({
  orgId,
  whyEnded,
  onEnd: () => undefined,
});

function open(): { hub: TailHub; exchange: ReturnType<typeof openMemoryTails>; metrics: SelfMetrics } {
  const exchange = openMemoryTails();
  const metrics = new SelfMetrics();
  return { hub: new TailHub(exchange, metrics), exchange, metrics };
}

function caught(batchId: string, ...indexes: readonly number[]): TailCatch {
  return {
    query: 'q',
    batchId,
    lines: indexes.map((index) => ({ timestamp: '1', index, json: `"${index}"` })),
    dropped: 0,
  };
}

it('readers of one query share it, and each gets every line once', async () => {
  const { hub, exchange, metrics } = open();
  const tails = await Promise.all([hub.open(reader(A), 'q'), hub.open(reader(A), 'q')]);
  expect(exchange.queriesOf(A)).toEqual(['q']);
  exchange.publish(A, [caught('one', 0, 1)]);
  exchange.publish(A, [caught('one', 0, 1, 2)]);
  exchange.publish(B, [caught('other', 0)]);
  const lines = [0, 1, 2].map((index) => ({ batchId: 'one', timestamp: '1', index, json: `"${index}"` }));
  for (const tail of tails) {
    expect(await tail.next(60_000)).toEqual({ kind: 'lines', lines, dropped: 0 });
  }
  expect(await metrics.registry.getSingleMetricAsString('aegis_tails_active')).toContain('aegis_tails_active 2');
  tails[0].end(GONE);
  expect(exchange.queriesOf(A)).toEqual(['q']);
  tails[1].end(GONE);
  await expect.poll(() => exchange.queriesOf(A)).toEqual([]);
  expect(await metrics.registry.getSingleMetricAsString('aegis_tails_active')).toContain('aegis_tails_active 0');
});

it('an organization has 50 tails, and a place for another when one ends; others are not touched by that', async () => {
  const { hub } = open();
  const tails = await Promise.all(Array.from({ length: 50 }, () => hub.open(reader(A), 'q')));
  await expect(hub.open(reader(A), 'q')).rejects.toMatchObject({
    code: 'rate-limited',
    detail: 'An organization may have 50 live tails at a time. Close one first.',
  });
  await hub.open(reader(B), 'q');
  tails[7]?.end(GONE);
  await hub.open(reader(A), 'q');
  hub.onModuleDestroy();
});

it('a process has 500 tails', async () => {
  const { hub } = open();
  const orgs = Array.from({ length: 11 }, (_, n) =>
    parseOrgId(`11111111-1111-4111-8111-${String(n).padStart(12, '0')}`),
  );
  for (const orgId of orgs.slice(0, 10)) {
    await Promise.all(Array.from({ length: 50 }, () => hub.open(reader(orgId), 'q')));
  }
  await expect(hub.open(reader(orgs[10] as OrgId), 'q')).rejects.toMatchObject({ code: 'rate-limited' });
  hub.onModuleDestroy();
});

it('ends whose access ends, and nobody else', async () => {
  const { hub } = open();
  let detail: string | undefined;
  const [tail, other] = await Promise.all([
    hub.open(
      reader(A, async () => detail),
      'q',
    ),
    hub.open(reader(A), 'q'),
  ]);
  detail = 'The session has ended.';
  expect(await tail.next(60_000)).toEqual({ kind: 'end', reason: 'access', detail });
  expect(await other.next(1)).toEqual({ kind: 'silence' });
  hub.onModuleDestroy();
});

it('ends all when the server stops, and opens none any more', async () => {
  const { hub, exchange } = open();
  const ends: string[] = [];
  const tail = await hub.open({ ...reader(A), onEnd: () => ends.push('end') }, 'q');
  hub.onModuleDestroy();
  hub.onModuleDestroy();
  expect(ends).toEqual(['end']);
  expect(await tail.next(60_000)).toMatchObject({ kind: 'end', reason: 'shutdown' });
  await expect.poll(() => exchange.queriesOf(A)).toEqual([]);
  await expect(hub.open(reader(A), 'q')).rejects.toMatchObject({ code: 'unavailable' });
});

it('a tail that could not be opened leaves nothing behind', async () => {
  const { hub, metrics } = open();
  const broken = new TailHub({ ...openMemoryTails(), open: () => Promise.reject(new Error('away')) }, metrics);
  await expect(broken.open(reader(A), 'q')).rejects.toThrow('away');
  expect(await metrics.registry.getSingleMetricAsString('aegis_tails_active')).toContain('aegis_tails_active 0');
  await expect(broken.open(reader(A), 'q')).rejects.toThrow('away');
  hub.onModuleDestroy();
});
