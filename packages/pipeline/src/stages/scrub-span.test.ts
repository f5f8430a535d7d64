import { nanosFromMs, type SpanRecord } from '@aegisguard/model';
import { describe, expect, it } from 'vitest';
import { ScrubTally } from '../scrub/scrub-tally.ts';
import { sampleContext } from '../testing/sample-record.ts';
import { TestScrubber } from '../testing/test-scrubber.ts';
import { scrubSpan } from './scrub-span.ts';

const TRACE_ID = '4111111111111111'.repeat(2);
const SPAN_ID = '4111111111111111';

/** A span that says a text wherever it can. */
function spanOf(text: string, details = {}): SpanRecord {
  const attributes = { [text]: text };
  const timestamp = nanosFromMs(1);
  return {
    traceId: TRACE_ID,
    spanId: SPAN_ID,
    parentSpanId: SPAN_ID,
    traceState: text,
    name: text,
    kind: 'server',
    service: text,
    host: text,
    env: text,
    version: text,
    startTime: timestamp,
    durationNanos: 4111111111111111n,
    status: 'error',
    statusMessage: text,
    scopeName: text,
    scopeVersion: text,
    attributes,
    resource: attributes,
    events: [{ timestamp, name: text, attributes, droppedAttributesCount: 0 }],
    links: [{ traceId: TRACE_ID, spanId: SPAN_ID, traceState: text, flags: 1, attributes, droppedAttributesCount: 0 }],
    details: { scope: { attributes }, ...details },
    geo: attributes,
    userAgent: attributes,
    truncated: false,
    index: 0,
  };
}

describe('scrub of spans', () => {
  it('goes through every text of a span, its events and links, and marks it', () => {
    const span = spanOf('SECRET1');
    const tally = new ScrubTally();
    scrubSpan.apply(span, { ...sampleContext, scrubber: new TestScrubber(), tally });
    expect(span).toEqual(spanOf('[REDACTED:api-key]', { scrubbed: { 'api-key': 25 } }));
    expect(tally.rows().map(({ place }) => place)).toEqual(
      expect.arrayContaining(['name', 'events[].name', 'events[].attributes.[REDACTED:api-key]', 'links[].traceState']),
    );
  });

  it('withholds a span that it fails on', () => {
    class Broken extends TestScrubber {
      override scrubText(): string {
        throw new TypeError('unexpected');
      }
    }
    const span = spanOf('SECRET1');
    const context = { ...sampleContext, scrubber: new Broken(), tally: new ScrubTally() };
    expect(() => scrubSpan.apply(span, context)).toThrow('unexpected');
    expect(Object.values(span).map(String).join()).not.toContain('SECRET');
    expect(span).toMatchObject({ traceId: TRACE_ID, spanId: SPAN_ID, events: [], links: [], attributes: {} });
  });
});
