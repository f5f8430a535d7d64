import { type OrgId, parseOrgId, type ScrubCount } from '@aegisguard/model';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { ScrubCounter } from './scrub-counter.ts';

const [ORG, OTHER] = [1, 2].map((n) => parseOrgId(`00000000-0000-7000-8000-00000000000${n}`)) as [OrgId, OrgId];
const found = (place: string, count = 1) => ({ detector: 'email', strategy: 'redact', place, count });

function counter() {
  const kept: ScrubCount[] = [];
  const clock = { nowMs: 60_000 };
  const store = {
    addScrubCounts: async (counts: readonly ScrubCount[]) => void kept.push(...counts),
    readScrubCounts: async () => kept,
  };
  return { kept, clock, counter: new ScrubCounter(store, pino({ level: 'silent' }), () => clock.nowMs) };
}

it('adds up by organization, minute, signal, detector, strategy and place', async () => {
  const { kept, clock, counter: counts } = counter();
  counts.add(ORG, 'logs', [found('message'), found('attributes.a', 2)]);
  counts.add(ORG, 'logs', [found('message', 3)]);
  counts.add(ORG, 'rum', [found('message')]);
  counts.add(OTHER, 'logs', [found('message'), { ...found('message'), strategy: 'hash' }]);
  clock.nowMs = 119_999;
  counts.add(ORG, 'logs', [found('message')]);
  clock.nowMs = 120_000;
  counts.add(ORG, 'logs', [found('message')]);
  await counts.close();
  const at = (orgId: OrgId, minuteMs: number, signal: string, finding: object) => ({
    orgId,
    minuteMs,
    signal,
    ...finding,
  });
  expect(kept).toEqual([
    at(ORG, 60_000, 'logs', found('message', 5)),
    at(ORG, 60_000, 'logs', found('attributes.a', 2)),
    at(ORG, 60_000, 'rum', found('message')),
    at(OTHER, 60_000, 'logs', found('message')),
    at(OTHER, 60_000, 'logs', { ...found('message'), strategy: 'hash' }),
    at(ORG, 120_000, 'logs', found('message')),
  ]);
});

it('bounds the places of an organization in a minute, whatever is flushed in between, and their length', async () => {
  const { kept, clock, counter: counts } = counter();
  counts.add(
    ORG,
    'logs',
    Array.from({ length: 499 }, (_, at) => found(`p${at}`)),
  );
  await counts.flush();
  counts.add(ORG, 'logs', [found('x'.repeat(1000)), found('p500'), found('p501'), found('p0')]);
  counts.add(OTHER, 'logs', [found('p500')]);
  await counts.flush();
  expect(kept.slice(499).map(({ place, count }) => [place, count])).toEqual([
    [`${'x'.repeat(200)}…`, 1],
    ['(other)', 2],
    ['p0', 1],
    ['p500', 1],
  ]);
  clock.nowMs += 60_000;
  counts.add(ORG, 'logs', [found('p501')]);
  await counts.flush();
  expect(kept.at(-1)).toMatchObject({ place: 'p501', minuteMs: 120_000 });
});
