import { describe, expect, it } from 'vitest';
import { sampleContext, sampleRecord } from '../testing/sample-record.ts';
import { LEVEL_SAMPLES } from './levels.samples.ts';
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
});
