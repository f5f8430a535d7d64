import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FairLanes, type WaitingInLane } from './fair-lanes.ts';
import { LaneQueue } from './lane-queue.ts';

const COST_BYTES = 8 * 1024;

function lanesOf(...messages: readonly (readonly [lane: string, bodyBytes: number])[]): FairLanes {
  const lanes = new FairLanes();
  for (const [index, [lane, bodyBytes]] of messages.entries()) {
    lanes.add(lane, { seq: index + 1, offset: index * 100, bodyBytes, appendedAtMs: index * 7 });
  }
  return lanes;
}

function drain(lanes: FairLanes, countMax: number): WaitingInLane[] {
  const all = [];
  while (lanes.count > 0) {
    all.push(...lanes.take(countMax, Number.POSITIVE_INFINITY));
  }
  return all;
}

describe('FairLanes', () => {
  it('gives everything once, in each lane in order, and counts what is left', () => {
    const messages = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat(100_000)), { maxLength: 200 });
    fc.assert(
      fc.property(messages, fc.integer({ min: 1, max: 20 }), (given, countMax) => {
        const lanes = lanesOf(...given);
        expect(lanes.bytes).toBe(given.reduce((sum, [, bytes]) => sum + bytes, 0));
        const all = drain(lanes, countMax);
        expect(lanes.bytes).toBe(0);
        for (const name of ['a', 'b', 'c']) {
          const expected = given.flatMap(([lane], index) => (lane === name ? [index + 1] : []));
          expect(all.filter(({ lane }) => lane === name).map(({ seq }) => seq)).toEqual(expected);
        }
      }),
    );
  });

  it('gives lanes that wait costs that differ by no more than two of their messages', () => {
    const bytes = fc.array(fc.nat(300_000), { minLength: 30, maxLength: 60 });
    fc.assert(
      fc.property(bytes, bytes, fc.integer({ min: 1, max: 29 }), (a, b, count) => {
        const lanes = lanesOf(...a.map((n) => ['a', n] as const), ...b.map((n) => ['b', n] as const));
        const taken = Array.from({ length: count }, () => lanes.take(1, 1)[0]);
        const costOf = (name: string) =>
          taken.reduce((sum, m) => sum + (m?.lane === name ? m.bodyBytes + COST_BYTES : 0), 0);
        expect(Math.abs(costOf('a') - costOf('b'))).toBeLessThanOrEqual(300_000 + COST_BYTES);
      }),
    );
  });

  it('serves a lane that begins to wait at once, but not ahead for the time when it did not', () => {
    const lanes = lanesOf(...Array.from({ length: 100 }, () => ['a', 1000] as const));
    lanes.take(50, Number.POSITIVE_INFINITY);
    for (let i = 0; i < 20; i += 1) {
      lanes.add('b', { seq: 200 + i, offset: 0, bodyBytes: 1000, appendedAtMs: 0 });
    }
    const next = lanes.take(10, Number.POSITIVE_INFINITY).map(({ lane }) => lane);
    expect(next.filter((lane) => lane === 'b').length).toBeGreaterThanOrEqual(5);
    expect(next.filter((lane) => lane === 'b').length).toBeLessThanOrEqual(6);
  });

  it('takes back what could not be used, in order', () => {
    const lanes = lanesOf(['a', 1], ['b', 1], ['a', 1], ['b', 1], ['a', 1]);
    const taken = lanes.take(4, 1000);
    lanes.putBack(taken.slice(1));
    expect(lanes.count).toBe(4);
    const rest = drain(lanes, 1);
    expect(rest.filter(({ lane }) => lane === 'a').map(({ seq }) => seq)).toEqual([3, 5]);
    expect(rest.filter(({ lane }) => lane === 'b').map(({ seq }) => seq)).toEqual([2, 4]);
  });

  it('stops at the bytes, which it may exceed by one message', () => {
    const lanes = lanesOf(['a', 60], ['a', 60], ['a', 60]);
    expect(lanes.take(10, 100)).toHaveLength(2);
    expect(lanes.take(10, 1)).toHaveLength(1);
  });
});

describe('LaneQueue', () => {
  it('behaves like a list, whatever is put to which end', () => {
    const steps = fc.array(fc.constantFrom('push', 'unshift', 'shift'), { maxLength: 300 });
    fc.assert(
      fc.property(steps, (given) => {
        const queue = new LaneQueue();
        const list: number[] = [];
        for (const [seq, step] of given.entries()) {
          const message = { seq, offset: seq * 2, bodyBytes: seq * 3, appendedAtMs: seq * 5 };
          if (step === 'shift') {
            expect(queue.shift()?.seq).toBe(list.shift());
          } else {
            queue[step](message);
            list[step](seq);
          }
          expect(queue.count).toBe(list.length);
        }
        const rest = list.map((seq) => ({ seq, offset: seq * 2, bodyBytes: seq * 3, appendedAtMs: seq * 5 }));
        expect(list.map(() => queue.shift())).toEqual(rest);
      }),
    );
  });
});
