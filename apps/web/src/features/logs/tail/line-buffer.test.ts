import type { LogView } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineBuffer } from './line-buffer.ts';

function lineAt(ms: number, id: string): LogView {
  return {
    id,
    timestamp: new Date(ms).toISOString(),
    level: 'info',
    service: 'api',
    message: id,
    attributes: {},
    resource: {},
  };
}

const ids = (buffer: LineBuffer): readonly string[] => buffer.newest().map(({ id }) => id);

describe('lines of a tail', () => {
  it('are the newest, each once, whatever comes in which portions', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.nat(60), { maxLength: 20 }), { maxLength: 8 }), (portions) => {
        const buffer = new LineBuffer(10);
        for (const portion of portions) {
          buffer.add(portion.map((number) => lineAt(number, String(number))));
        }
        // They are forgotten late enough that a resumed tail repeats none that is shown.
        expect(new Set(ids(buffer)).size).toBe(ids(buffer).length);
        expect(ids(buffer).length).toBeLessThanOrEqual(10);
        expect(buffer.forgotten).toBe(buffer.received - ids(buffer).length);
      }),
    );
  });

  it('are in the order of time, but for those that come much later', () => {
    const buffer = new LineBuffer(10);
    buffer.add([lineAt(50_000, 'a'), lineAt(52_000, 'c'), lineAt(51_000, 'b')]);
    buffer.add([lineAt(20_000, 'late'), lineAt(53_000, 'd'), lineAt(52_500, 'c2')]);
    expect(ids(buffer)).toEqual(['a', 'b', 'c', 'late', 'c2', 'd']);
  });

  it('can be cleared, and do not come again after that', () => {
    const buffer = new LineBuffer(10);
    expect(buffer.add([lineAt(1, 'a'), lineAt(2, 'b'), lineAt(2, 'b')])).toBe(2);
    buffer.clear();
    expect([buffer.received, buffer.newest().length]).toEqual([0, 0]);
    expect(buffer.add([lineAt(1, 'a'), lineAt(3, 'c')])).toBe(1);
    expect(ids(buffer)).toEqual(['c']);
  });
});
