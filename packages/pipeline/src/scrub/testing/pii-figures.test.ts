import { PrivacyPolicy } from '@aegisguard/model';
import { describe, expect, it } from 'vitest';
import { createScrubber } from '../scrubber.ts';
import { lookAlikes } from './corpora/look-alikes.ts';
import { positives } from './corpora/positives.ts';
import { measureFigures, precision, recall, specificity } from './measure-figures.ts';

/** What the product promises on its own corpora; docs/pii-figures.md has the figures. */
const RECALL_FLOOR = 0.995;
const PHONE_RECALL_FLOOR = 0.97;
const PRECISION_FLOOR = 0.99;

const scrubber = createScrubber(PrivacyPolicy.parse({}), new Uint8Array(32));

describe('the default policy over our own corpora', () => {
  const figures = measureFigures(scrubber, [...positives(), ...lookAlikes()]);

  it.each(figures)('$detector: what is labelled is found', (figure) => {
    expect(figure.positives).toBeGreaterThanOrEqual(200);
    const floor = figure.detector === 'phone' ? PHONE_RECALL_FLOOR : RECALL_FLOOR;
    expect(recall(figure), figure.missed.join('\n')).toBeGreaterThanOrEqual(floor);
  });

  it.each(figures)('$detector: clean telemetry stays as it is', (figure) => {
    expect(figure.lookAlikes).toBeGreaterThan(10_000);
    expect(precision(figure), figure.alarms.join('\n')).toBeGreaterThanOrEqual(PRECISION_FLOOR);
    expect(specificity(figure), figure.alarms.join('\n')).toBeGreaterThanOrEqual(PRECISION_FLOOR);
  });
});
