import { DEFAULT_PRIVACY_POLICY } from '@aegisguard/model';
import { describe, expect, it } from 'vitest';
import { createPhoneDetector } from '../detectors/phone.ts';
import type { Scrubber } from '../scrubber.ts';
import { lookAlike, placed } from './corpora/labelled-text.ts';
import { lookAlikes } from './corpora/look-alikes.ts';
import { positives } from './corpora/positives.ts';
import { measureFigures, precision, recall, specificity } from './measure-figures.ts';

const detector = createPhoneDetector(DEFAULT_PRIVACY_POLICY);
/** A scrubber that finds phones only. */
const phonesOnly: Scrubber = {
  policy: DEFAULT_PRIVACY_POLICY,
  secretStrategyOf: () => undefined,
  replace: (_detector, _strategy, found) => found,
  scrubText: (text, field, onScrubbed) => {
    detector.find(text, field, (start, end) => onScrubbed('phone', 'redact', start, end));
    return text;
  },
};

function phoneFigure(texts: Parameters<typeof measureFigures>[1]) {
  const figure = measureFigures(phonesOnly, texts).find((row) => row.detector === 'phone');
  if (figure === undefined) throw new Error('no row for phones');
  return figure;
}

describe('the figures', () => {
  it('count what is gone, what else went, and what should not have gone', () => {
    const figure = phoneFigure([
      placed('call {} now', { kind: 'phone', value: '+14155550132' }),
      placed('call {} 0132 now', { kind: 'phone', value: '+1 415 555' }),
      placed('nobody knows {} here', { kind: 'phone', value: '5551234567' }),
      lookAlike('+14155550132 is no number here'),
      lookAlike('nothing'),
    ]);
    expect(figure).toMatchObject({ positives: 3, found: 2, exact: 1, lookAlikes: 2, falseAlarms: 1 });
    expect(recall(figure)).toBeCloseTo(2 / 3);
    expect(precision(figure)).toBeCloseTo(2 / 3);
    expect(specificity(figure)).toBeCloseTo(1 / 2);
  });
});

describe('our own corpora', () => {
  it('are the same at every call, and every label stands for its value', () => {
    const labelled = positives();
    expect(labelled).toEqual(positives());
    expect(lookAlikes()).toEqual(lookAlikes());
    expect(
      labelled.every(({ text, label }) => label !== undefined && label.start < label.end && label.end <= text.length),
    ).toBe(true);
  });

  it('have phones that the detector finds, and nothing that it takes for one', () => {
    const figure = phoneFigure([...positives().filter(({ label }) => label?.kind === 'phone'), ...lookAlikes()]);
    expect(figure.positives).toBeGreaterThanOrEqual(200);
    expect(recall(figure), figure.missed.join('\n')).toBeGreaterThanOrEqual(0.97);
    expect(precision(figure), figure.alarms.join('\n')).toBeGreaterThanOrEqual(0.99);
  });
});
