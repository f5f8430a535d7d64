import { describe, expect, it } from 'vitest';
import { sampleContext, sampleRecord } from '../testing/sample-record.ts';
import { TRACE_ID_SAMPLES } from './trace-ids.samples.ts';
import { traceIds } from './trace-ids.ts';

describe('trace-ids', () => {
  it.each(TRACE_ID_SAMPLES)('%j', (sent, stored) => {
    const record = sampleRecord({ traceId: sent, spanId: sent });
    traceIds.apply(record, sampleContext);
    expect(record).toEqual(sampleRecord({ traceId: stored, spanId: stored }));
    traceIds.apply(record, sampleContext);
    expect(record.traceId).toBe(stored);
  });
});
