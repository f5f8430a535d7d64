import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areSameBytes, hashBytes } from './byte-hash.ts';
import { viewOf } from './byte-run.ts';
import type { LabelSet } from './label-set.ts';
import { LabelSetCache } from './label-set-cache.ts';

function setOf(bytes: Uint8Array, before = 0): LabelSet {
  const all = Buffer.concat([Buffer.alloc(before, 7), bytes, Buffer.alloc(3, 9)]);
  return {
    bytes: all,
    view: viewOf(all),
    start: before,
    end: before + bytes.length,
    count: 1,
    isWhole: true,
    problem: undefined,
    clear: () => {},
    take: () => {},
  };
}

const anyBytes = fc.oneof(
  fc.uint8Array({ maxLength: 70 }),
  fc.integer({ min: 0, max: 50 }).map((number) => Uint8Array.of(number)),
);
const textOf = (set: LabelSet) => set.bytes.toString('hex', set.start, set.end);

describe('label sets that are known', () => {
  it('are what was made of these bytes and no others, however little may be kept', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(anyBytes, fc.nat(5)), { maxLength: 300 }),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 5000 }),
        (asked, entriesMax, bytesMax) => {
          const cache = new LabelSetCache<string>({ entriesMax, bytesMax }, () => 10);
          for (const [bytes, before] of asked) {
            const set = setOf(bytes, before);
            expect(cache.get(set, textOf)).toBe(textOf(set));
          }
        },
      ),
    );
  });

  it('are made once while there is room', () => {
    const cache = new LabelSetCache<string>({ entriesMax: 20_000, bytesMax: 10_000_000 }, () => 10);
    let made = 0;
    const make = (set: LabelSet) => {
      made += 1;
      return textOf(set);
    };
    for (let round = 0; round < 3; round += 1) {
      for (let at = 0; at < 8000; at += 1) {
        cache.get(setOf(Buffer.from(`series ${at}`)), make);
      }
    }
    expect(made).toBe(8000);
  });

  it('stay known as long as they are asked for, and the others are forgotten', () => {
    const cache = new LabelSetCache<string>({ entriesMax: 100, bytesMax: 1_000_000 }, () => 10);
    const made: string[] = [];
    const make = (set: LabelSet) => {
      made.push(textOf(set));
      return textOf(set);
    };
    const kept = setOf(Buffer.from('kept'));
    for (let at = 0; at < 10_000; at += 1) {
      cache.get(kept, make);
      cache.get(setOf(Buffer.from(`other ${at}`)), make);
    }
    expect(made.filter((text) => text === textOf(kept))).toHaveLength(1);
    cache.get(setOf(Buffer.from('other 0')), make);
    expect(made.filter((text) => text === Buffer.from('other 0').toString('hex'))).toHaveLength(2);
  });

  it('that are long, or not told whole by their bytes, are made anew', () => {
    const cache = new LabelSetCache<object>({ entriesMax: 100, bytesMax: 1_000_000 }, () => 10);
    for (const set of [setOf(Buffer.alloc(4097)), { ...setOf(Buffer.alloc(4)), isWhole: false }]) {
      expect(cache.get(set, () => ({}))).not.toBe(cache.get(set, () => ({})));
    }
  });
});

describe('bytes', () => {
  it('are the same where they are the same, and hash alike then', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), fc.nat(9), fc.nat(9), fc.nat(), (bytes, left, right, change) => {
        const one = setOf(bytes, left);
        const other = setOf(bytes, right);
        const hash = hashBytes(one.view, one.start, one.end);
        expect(hashBytes(other.view, other.start, other.end)).toBe(hash);
        expect(areSameBytes(one.view, one.start, other.view, other.start, bytes.length)).toBe(true);
        if (bytes.length > 0) {
          const at = other.start + (change % bytes.length);
          other.bytes[at] = (other.bytes[at] ?? 0) ^ 1;
          expect(areSameBytes(one.view, one.start, other.view, other.start, bytes.length)).toBe(false);
          expect(hashBytes(other.view, other.start, other.end)).not.toBe(hash);
        }
      }),
    );
  });
});
