import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleContext, sampleRecord } from '../testing/sample-record.ts';
import { ATTRIBUTE_LEVEL_SAMPLES, LEVEL_SAMPLES, LINE_LEVEL_SAMPLES, NO_LEVEL_LINES } from './levels.samples.ts';
import { levels } from './levels.ts';

describe('levels', () => {
  it.each(LEVEL_SAMPLES)('%j', (severityText, level, severityNumber) => {
    const record = sampleRecord({ severityText });
    levels.apply(record, sampleContext);
    expect(record).toEqual({ ...sampleRecord({}), severityText, level, severityNumber });
  });

  it('lets a number that was sent decide, in ranges of four', () => {
    const expected = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'].flatMap((level) => [
      level,
      level,
      level,
      level,
    ]);
    const found = expected.map((_, i) => {
      const record = sampleRecord({ severityNumber: i + 1, severityText: 'debug' });
      levels.apply(record, sampleContext);
      expect(record.severityNumber).toBe(i + 1);
      return record.level;
    });
    expect(found).toEqual(expected);
  });

  it.each(ATTRIBUTE_LEVEL_SAMPLES)('finds that of attributes %j', (attributes, severityNumber) => {
    const record = sampleRecord({ attributes });
    levels.apply(record, sampleContext);
    expect(record.severityNumber).toBe(severityNumber);
    expect(record.attributes).toEqual(attributes);
  });

  it.each(LINE_LEVEL_SAMPLES)('finds that of the line %j', (message, severityNumber) => {
    const record = sampleRecord({ message });
    levels.apply(record, sampleContext);
    expect(record.severityNumber).toBe(severityNumber);
  });

  it.each(NO_LEVEL_LINES)('finds none in %j', (message) => {
    const record = sampleRecord({ message });
    levels.apply(record, sampleContext);
    expect([record.severityNumber, record.level]).toEqual([0, 'info']);
  });

  it('lets the text that was sent decide, then attributes, then the line', () => {
    const sent = sampleRecord({ severityText: 'warn', attributes: { level: 'error' }, message: 'DEBUG x' });
    const lifted = sampleRecord({ attributes: { level: 'error' }, message: 'DEBUG x' });
    for (const record of [sent, lifted]) {
      levels.apply(record, sampleContext);
    }
    expect([sent.level, sent.severityText, lifted.level, lifted.severityText]).toEqual([
      'warn',
      'warn',
      'error',
      'error',
    ]);
  });

  it('never throws', () => {
    const parts = fc.constantFrom(
      'ERROR',
      'error',
      '[',
      ']',
      '<',
      '>',
      ':',
      ' ',
      '1',
      'level',
      '=',
      '\u001b',
      '\ud800',
      'E',
      '/',
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 40 }), fc.string({ unit: 'binary' }), (pieces, text) => {
        for (const message of [pieces.join(''), text]) {
          levels.apply(sampleRecord({ message }), sampleContext);
        }
      }),
    );
  });
});
