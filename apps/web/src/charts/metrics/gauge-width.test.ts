import { expect, it } from 'vitest';
import { gaugeWidth } from './gauge-width.ts';

it('gauges are as large as their place lets them be', () => {
  expect(gaugeWidth(1, { width: 2000, height: 1000 })).toBe(288);
  expect(gaugeWidth(1, { width: 200, height: 1000 })).toBe(200);
  expect(gaugeWidth(1, { width: 1000, height: 101 })).toBe(151);
  // Three beside one another, rather than two large ones and one below that is cut off.
  expect(gaugeWidth(3, { width: 400, height: 120 })).toBe(125);
  expect(gaugeWidth(3, { width: 120, height: 600 })).toBe(120);
  expect(gaugeWidth(24, { width: 100, height: 100 })).toBe(72);
});
