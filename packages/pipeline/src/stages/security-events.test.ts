import { nanosFromMs, type SecurityEventRecord } from '@aegisguard/model';
import { describe, expect, it } from 'vitest';
import { ScrubTally } from '../scrub/scrub-tally.ts';
import { sampleContext } from '../testing/sample-record.ts';
import { TestScrubber } from '../testing/test-scrubber.ts';
import { eventCountry } from './event-country.ts';
import { scrubEvent } from './scrub-event.ts';

/** An event that says a text wherever it can. */
function eventOf(text: string, fields: Partial<SecurityEventRecord> = {}): SecurityEventRecord {
  return {
    timestamp: nanosFromMs(1),
    type: text,
    severity: 'high',
    source: 'ingested',
    actor: text,
    ip: text,
    country: '',
    target: text,
    message: text,
    attributes: { [text]: [text] },
    details: {},
    occurrences: 1,
    truncated: false,
    index: 0,
    ...fields,
  };
}

describe('scrub of security events', () => {
  const scrub = (record: SecurityEventRecord) => {
    scrubEvent.apply(record, { ...sampleContext, scrubber: new TestScrubber(), tally: new ScrubTally() });
    return record;
  };

  it('goes through every text but the actor', () => {
    expect(scrub(eventOf('SECRET1'))).toEqual(
      eventOf('[REDACTED:api-key]', { actor: 'SECRET1', details: { scrubbed: { 'api-key': 6 } } }),
    );
  });

  it('keeps an address and an actor under the default policy, which takes them elsewhere', () => {
    const record = eventOf('', {
      actor: 'ann@example.com',
      ip: '203.0.113.77',
      message: 'ann@example.com 203.0.113.77',
    });
    scrubEvent.apply(record, { ...sampleContext, tally: new ScrubTally() });
    expect(record).toMatchObject({ actor: 'ann@example.com', ip: '203.0.113.77' });
    expect(record.message).not.toMatch(/ann@|\.77/);
  });

  it('withholds an event that it fails on, but for its subject', () => {
    class Broken extends TestScrubber {
      override scrubText(): string {
        throw new TypeError('unexpected');
      }
    }
    const record = eventOf('SECRET1', { actor: 'ann' });
    const context = { ...sampleContext, scrubber: new Broken(), tally: new ScrubTally() };
    expect(() => scrubEvent.apply(record, context)).toThrow('unexpected');
    expect(record).toMatchObject({ severity: 'high', actor: 'ann' });
    expect(JSON.stringify({ ...record, timestamp: 0 })).not.toContain('SECRET');
  });
});

describe('country of security events', () => {
  it.each([
    ['81.2.69.163', 'GB'],
    ['81.2.69.163:443', 'GB'],
    ['10.0.0.1', ''],
    ['the cellar', ''],
    ['', ''],
  ])('%s: %s', (ip, country) => {
    const geo = { find: (address: string) => (address === '81.2.69.163' ? { country: 'GB' } : undefined) };
    const record = eventOf('', { ip });
    eventCountry.apply(record, { ...sampleContext, geo });
    expect(record.country).toBe(country);
  });
});
