import { AegisError, parseOrgId, unixNanos } from '@aegisguard/model';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LogCursors } from './log-cursor.ts';

const A = parseOrgId('00000000-0000-7000-8000-00000000000a');
const B = parseOrgId('00000000-0000-7000-8000-00000000000b');
const cursors = new LogCursors(Buffer.alloc(32, 1));
const nanos = fc.bigInt(0n, 9_000_000_000_000_000_000n).map(unixNanos);
const cursor = fc.record({
  start: nanos,
  end: nanos,
  after: fc.record({ timestamp: nanos, batchId: fc.uuid(), index: fc.nat(100_000) }),
});

it('read ∘ write is the identity', () => {
  fc.assert(
    fc.property(cursor, fc.string(), (value, question) => {
      expect(cursors.read(A, question, cursors.write(A, question, value))).toEqual(value);
    }),
  );
});

it('belongs to one organization, one question and one key', () => {
  fc.assert(
    fc.property(cursor, fc.string(), fc.string(), (value, question, other) => {
      fc.pre(question !== other);
      const text = cursors.write(A, question, value);
      expect(() => cursors.read(B, question, text)).toThrow(AegisError);
      expect(() => cursors.read(A, other, text)).toThrow(AegisError);
      expect(() => new LogCursors(Buffer.alloc(32, 2)).read(A, question, text)).toThrow(AegisError);
    }),
  );
});

it('anything else is an invalid cursor', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(() => cursors.read(A, 'q', text)).toThrow(expect.objectContaining({ code: 'invalid-cursor' }));
    }),
  );
});
