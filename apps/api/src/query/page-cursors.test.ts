import { AegisError, parseOrgId, unixNanos } from '@aegisguard/model';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PageCursors } from '../platform/page-cursors.ts';
import { LOG_CURSOR, type LogCursor } from './log-cursor.ts';
import { TRACE_CURSOR, type TraceCursor } from './trace/trace-cursor.ts';

const A = parseOrgId('00000000-0000-7000-8000-00000000000a');
const B = parseOrgId('00000000-0000-7000-8000-00000000000b');
const KEY = Buffer.alloc(32, 1);
const logCursors = new PageCursors(KEY, LOG_CURSOR);
const traceCursors = new PageCursors(KEY, TRACE_CURSOR);
const nanos = fc.bigInt(0n, 9_000_000_000_000_000_000n).map(unixNanos);
const logCursor: fc.Arbitrary<LogCursor> = fc.record({
  start: nanos,
  end: nanos,
  after: fc.record({ timestamp: nanos, batchId: fc.uuid(), index: fc.nat(100_000) }),
});
const traceCursor: fc.Arbitrary<TraceCursor> = fc.record({
  start: nanos,
  end: nanos,
  after: fc.record({ key: fc.bigInt(0n, 1n << 63n), traceId: fc.stringMatching(/^[0-9a-f]{32}$/) }),
});

it('read ∘ write is the identity', () => {
  fc.assert(
    fc.property(logCursor, traceCursor, fc.string(), (log, trace, question) => {
      expect(logCursors.read(A, question, logCursors.write(A, question, log))).toEqual(log);
      expect(traceCursors.read(A, question, traceCursors.write(A, question, trace))).toEqual(trace);
    }),
  );
});

it('belongs to one organization, one question, one key and one kind', () => {
  fc.assert(
    fc.property(logCursor, fc.string(), fc.string(), (value, question, other) => {
      fc.pre(question !== other);
      const text = logCursors.write(A, question, value);
      expect(() => logCursors.read(B, question, text)).toThrow(AegisError);
      expect(() => logCursors.read(A, other, text)).toThrow(AegisError);
      expect(() => new PageCursors(Buffer.alloc(32, 2), LOG_CURSOR).read(A, question, text)).toThrow(AegisError);
      expect(() => traceCursors.read(A, question, text)).toThrow(AegisError);
    }),
  );
});

it('anything else is an invalid cursor', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(() => logCursors.read(A, 'q', text)).toThrow(expect.objectContaining({ code: 'invalid-cursor' }));
    }),
  );
});
