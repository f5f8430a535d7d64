// https://prometheus.io/docs/prometheus/latest/querying/functions/
import type { Implementations } from './function-implementation.ts';
import { ARITHMETIC_FUNCTIONS } from './instant/arithmetic-functions.ts';
import { SCALAR_FUNCTIONS } from './instant/scalar-functions.ts';
import { TRIGONOMETRIC_FUNCTIONS } from './instant/trigonometric-functions.ts';
import { LABEL_FUNCTIONS } from './label/label-functions.ts';
import { SORT_FUNCTIONS } from './order/sort-functions.ts';
import { ABSENT_FUNCTIONS } from './presence/absent-functions.ts';
import { COUNTS_OVER_TIME } from './range/counts-over-time.ts';
import { DISTRIBUTION_OVER_TIME } from './range/distribution-over-time.ts';
import { ENDS_OVER_TIME } from './range/ends-over-time.ts';
import { EXTREMES_OVER_TIME } from './range/extremes-over-time.ts';
import { SUMS_OVER_TIME } from './range/sums-over-time.ts';
import { TREND_FUNCTIONS } from './range/trend-functions.ts';
import { CALENDAR_FUNCTIONS } from './time/calendar-functions.ts';
import { CLOCK_FUNCTIONS } from './time/clock-functions.ts';

/** Every function but those of histograms, those of counters, and `info`. */
export const FLOAT_FUNCTIONS: Implementations = {
  ...ABSENT_FUNCTIONS,
  ...ARITHMETIC_FUNCTIONS,
  ...CALENDAR_FUNCTIONS,
  ...CLOCK_FUNCTIONS,
  ...COUNTS_OVER_TIME,
  ...DISTRIBUTION_OVER_TIME,
  ...ENDS_OVER_TIME,
  ...EXTREMES_OVER_TIME,
  ...LABEL_FUNCTIONS,
  ...SCALAR_FUNCTIONS,
  ...SORT_FUNCTIONS,
  ...SUMS_OVER_TIME,
  ...TREND_FUNCTIONS,
  ...TRIGONOMETRIC_FUNCTIONS,
};
