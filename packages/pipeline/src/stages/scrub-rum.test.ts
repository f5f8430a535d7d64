import { nanosFromMs, type RumRecord } from '@aegisguard/model';
import { describe, expect, it } from 'vitest';
import { ScrubTally } from '../scrub/scrub-tally.ts';
import { sampleContext } from '../testing/sample-record.ts';
import { TestScrubber } from '../testing/test-scrubber.ts';
import { scrubRum } from './scrub-rum.ts';

/** An event that says a text wherever it can but in its ids. */
function eventOf(text: string, fields: Partial<RumRecord>): RumRecord {
  return {
    timestamp: nanosFromMs(1),
    type: 'replay',
    application: text,
    release: text,
    env: text,
    sessionId: 's1',
    userId: text,
    viewId: 'v1',
    url: text,
    name: text,
    value: 3,
    durationMs: 4,
    stack: text,
    attributes: { [text]: text },
    data: [
      // A recorded document: https://github.com/rrweb-io/rrweb/blob/master/docs/recipes/dive-into-event.md
      {
        type: 2,
        timestamp: 1_795_348_800_000,
        data: { node: { type: 0, id: 1, childNodes: [{ type: 3, id: 2, textContent: text }] } },
      },
      { type: 3, data: { source: 0, attributes: [{ id: 7, attributes: { value: text, style: { color: text } } }] } },
      text,
    ],
    details: {},
    geo: { city: text },
    userAgent: { browser: text },
    truncated: false,
    index: 0,
    ...fields,
  };
}

function scrub(record: RumRecord): RumRecord {
  scrubRum.apply(record, { ...sampleContext, scrubber: new TestScrubber(), tally: new ScrubTally() });
  return record;
}

describe('scrub of events of browser sessions', () => {
  it('goes through every text, the recorded page among them, and marks the event', () => {
    expect(scrub(eventOf('SECRET1', {}))).toEqual(
      eventOf('[REDACTED:api-key]', { details: { scrubbed: { 'api-key': 15 } } }),
    );
  });

  it('takes what a hidden input held', () => {
    const data = (value: string) => ({ tagName: 'input', attributes: { type: 'password', value }, childNodes: [] });
    expect(scrub(eventOf('', { data: data('hunter2') })).data).toEqual(data('[REDACTED:secret]'));
  });

  it('keeps sessions together and apart', () => {
    const ids = ['SECRET1', 'SECRET1', 'SECRET2'].map((id) => scrub(eventOf('', { sessionId: id, viewId: id })));
    expect(ids[0]?.sessionId).toBe('[HASH:api-key:71]');
    expect(ids[1]?.sessionId).toBe(ids[0]?.sessionId);
    expect(ids[2]?.sessionId).not.toBe(ids[0]?.sessionId);
    expect(ids[2]?.viewId).toBe(ids[2]?.sessionId);
  });

  it('leaves no card in a column of numbers', () => {
    expect(scrub(eventOf('', { value: 4111111111111111, durationMs: Number.NaN }))).toEqual(
      eventOf('', { value: Number.NaN, durationMs: Number.NaN, details: { scrubbed: { card: 1 } } }),
    );
  });

  it('withholds an event that it fails on', () => {
    class Broken extends TestScrubber {
      override scrubText(): string {
        throw new TypeError('unexpected');
      }
    }
    const record = eventOf('SECRET1', { sessionId: 'SECRET1' });
    const context = { ...sampleContext, scrubber: new Broken(), tally: new ScrubTally() };
    expect(() => scrubRum.apply(record, context)).toThrow('unexpected');
    const { timestamp, ...rest } = record;
    expect(timestamp).toBe(nanosFromMs(1));
    expect(JSON.stringify(rest)).not.toContain('SECRET');
  });
});
