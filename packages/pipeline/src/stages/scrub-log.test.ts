import { describe, expect, it } from 'vitest';
import { ScrubTally } from '../scrub/scrub-tally.ts';
import type { Scrubber } from '../scrub/scrubber.ts';
import type { StageContext } from '../stage.ts';
import { sampleContext, sampleRecord } from '../testing/sample-record.ts';
import { TestScrubber } from '../testing/test-scrubber.ts';
import { scrubLog } from './scrub-log.ts';

function contextWith(scrubber: Scrubber = new TestScrubber()): StageContext {
  return { ...sampleContext, scrubber, tally: new ScrubTally() };
}

const SECRET = 'x SECRET1';
const SCRUBBED = 'x [REDACTED:api-key]';

describe('scrub of logs', () => {
  it('goes through every text of a record, and marks it', () => {
    const record = sampleRecord({
      message: SECRET,
      service: SECRET,
      host: SECRET,
      env: SECRET,
      version: SECRET,
      severityText: SECRET,
      scopeName: SECRET,
      scopeVersion: SECRET,
      traceId: SECRET,
      spanId: SECRET,
      ingestId: SECRET,
      attributes: { [SECRET]: { password: 'hunter2' } },
      resource: { a: [SECRET] },
      details: { eventName: SECRET, scope: { attributes: { b: SECRET } } },
      geo: { city: SECRET },
      userAgent: { browser: SECRET },
    });
    scrubLog.apply(record, contextWith());
    expect(record).toEqual(
      sampleRecord({
        message: SCRUBBED,
        service: SCRUBBED,
        host: SCRUBBED,
        env: SCRUBBED,
        version: SCRUBBED,
        severityText: SCRUBBED,
        scopeName: SCRUBBED,
        scopeVersion: SCRUBBED,
        traceId: '[HASH:api-key:91]',
        spanId: '[HASH:api-key:91]',
        ingestId: '[HASH:api-key:91]',
        attributes: { [SCRUBBED]: { password: '[REDACTED:secret]' } },
        resource: { a: [SCRUBBED] },
        details: {
          eventName: SCRUBBED,
          scope: { attributes: { b: SCRUBBED } },
          scrubbed: { 'api-key': 17, secret: 1 },
        },
        geo: { city: SCRUBBED },
        userAgent: { browser: SCRUBBED },
      }),
    );
  });

  it('leaves a record without findings as it is, object by object', () => {
    const record = sampleRecord({ attributes: { a: { b: ['c'] } }, resource: { d: 'e' }, details: { flags: 1 } });
    const before = { ...record };
    const context = contextWith();
    scrubLog.apply(record, context);
    for (const [key, value] of Object.entries(before)) {
      expect(record[key as keyof typeof record]).toBe(value);
    }
    expect(context.tally.rows()).toEqual([]);
  });

  it('does not change what others hold', () => {
    const geo = Object.freeze({ city: SECRET });
    const record = sampleRecord({ geo });
    scrubLog.apply(record, contextWith());
    expect(record.geo).toEqual({ city: SCRUBBED });
    expect(geo).toEqual({ city: SECRET });
  });

  it('asks nobody about ids of traces', () => {
    const scrubber = new TestScrubber();
    const traceId = '4111111111111111';
    const record = sampleRecord({ traceId, spanId: traceId });
    scrubLog.apply(record, contextWith(scrubber));
    expect(record.traceId).toBe(traceId);
    expect(scrubber.texts).not.toContain(traceId);
  });

  it('withholds a record that it fails on', () => {
    class Broken extends TestScrubber {
      override scrubText(): string {
        throw new TypeError('unexpected');
      }
    }
    const texts = { message: SECRET, service: SECRET, host: SECRET, env: SECRET, version: SECRET, traceId: SECRET };
    const record = sampleRecord({
      ...texts,
      attributes: { a: SECRET },
      resource: { a: SECRET },
      details: { a: SECRET },
    });
    expect(() => scrubLog.apply(record, contextWith(new Broken()))).toThrow('unexpected');
    const { timestamp, ...rest } = record;
    expect(timestamp).toBe(sampleRecord({}).timestamp);
    expect(JSON.stringify(rest)).not.toContain('SECRET');
    expect(record.message).toBe('[REDACTED:error]');
  });
});
