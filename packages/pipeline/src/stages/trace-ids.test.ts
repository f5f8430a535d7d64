import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleContext, sampleRecord } from '../testing/sample-record.ts';
import { ATTRIBUTE_ID_SAMPLES, MESSAGE_ID_SAMPLES, TRACE_ID_SAMPLES } from './trace-ids.samples.ts';
import { traceIds } from './trace-ids.ts';

describe('trace-ids', () => {
  it.each(TRACE_ID_SAMPLES)('%j', (sent, stored) => {
    const record = sampleRecord({ traceId: sent, spanId: sent });
    traceIds.apply(record, sampleContext);
    expect(record).toEqual(sampleRecord({ traceId: stored, spanId: stored }));
    traceIds.apply(record, sampleContext);
    expect(record.traceId).toBe(stored);
  });

  it.each(ATTRIBUTE_ID_SAMPLES)('finds those of attributes %j', (attributes, traceId, spanId) => {
    const record = sampleRecord({ attributes: structuredClone(attributes) });
    traceIds.apply(record, sampleContext);
    expect(record).toEqual(sampleRecord({ attributes, traceId, spanId }));
  });

  it.each(MESSAGE_ID_SAMPLES)('finds those of the message %j', (message, traceId, spanId) => {
    const record = sampleRecord({ message });
    traceIds.apply(record, sampleContext);
    expect(record).toEqual(sampleRecord({ message, traceId, spanId }));
  });

  it('lets what was sent win over attributes, and these over the message', () => {
    const id = (digit: string): string => digit.repeat(32);
    const attributes = { trace_id: id('b') };
    const sent = sampleRecord({ traceId: id('a'), attributes, message: `trace_id=${id('c')}` });
    const found = sampleRecord({ attributes, message: `trace_id=${id('c')}` });
    traceIds.apply(sent, sampleContext);
    traceIds.apply(found, sampleContext);
    expect([sent.traceId, found.traceId]).toEqual([id('a'), id('b')]);
  });

  it('finds an id behind any spelling, and nothing in texts without one', () => {
    const spelling = fc.constantFrom('trace_id', 'traceId', 'traceID', 'TraceId', 'trace-id', 'trace.id', 'TRACE_ID');
    fc.assert(
      fc.property(
        spelling,
        fc.stringMatching(/^[0-9a-f]{31}[1-9a-f]$/),
        fc.stringMatching(/^[ -~]{0,80}$/),
        (name, id, text) => {
          for (const record of [
            sampleRecord({ attributes: { [name]: id } }),
            sampleRecord({ message: `${name}=${id} ${text}` }),
          ]) {
            traceIds.apply(record, sampleContext);
            expect(record.traceId).toBe(id);
          }
          const none = sampleRecord({ message: text });
          traceIds.apply(none, sampleContext);
          expect(none.traceId).toBe('');
        },
      ),
    );
  });
});
