import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventStreamReader, type StreamEvent } from './event-stream.ts';

function readAll(pieces: readonly string[]): readonly StreamEvent[] {
  const reader = new EventStreamReader();
  return pieces.flatMap((piece) => reader.push(piece));
}

const line = fc.string({ unit: fc.constantFrom('a', ':', ' ', '{', '"', '\u{1f600}') });
const event = fc.record({
  type: fc.constantFrom('message', 'dropped', 'end'),
  data: fc.array(line, { minLength: 1, maxLength: 3 }).map((lines) => lines.join('\n')),
  lastId: fc.stringMatching(/^[0-9a-f-]{1,8}$/),
});

function written({ type, data, lastId }: StreamEvent, lineEnd: string): string {
  const lines = [`id: ${lastId}`, `event: ${type}`, ...data.split('\n').map((each) => `data: ${each}`), '', ''];
  return lines.join(lineEnd);
}

describe('a stream of events', () => {
  it('is read the same wherever it is cut', () => {
    fc.assert(
      fc.property(
        fc.array(event, { maxLength: 4 }),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.array(fc.nat(200), { maxLength: 8 }),
        (events, lineEnd, cuts) => {
          const text = events.map((each) => `: still here${lineEnd}${lineEnd}${written(each, lineEnd)}`).join('');
          const places = [0, ...cuts.map((cut) => Math.min(cut, text.length)).sort((a, b) => a - b), text.length];
          const pieces = places.slice(1).map((to, index) => text.slice(places[index], to));
          expect(readAll(pieces)).toEqual(events);
        },
      ),
    );
  });

  it('keeps what is not whole yet', () => {
    const reader = new EventStreamReader();
    expect(reader.push('\uFEFFdata: {"a"')).toEqual([]);
    expect(reader.push(':1}\r')).toEqual([]);
    expect(reader.push('\n\r')).toEqual([{ type: 'message', data: '{"a":1}', lastId: '' }]);
    expect(reader.push('\ndata\n\n')).toEqual([{ type: 'message', data: '', lastId: '' }]);
  });

  it('says nothing without data, and remembers the last id', () => {
    expect(readAll(['id: 7\nevent: end\n\n', 'data:x\nretry: 5\nunknown: y\n\n'])).toEqual([
      { type: 'message', data: 'x', lastId: '7' },
    ]);
  });
});
