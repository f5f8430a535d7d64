import { COUNTER_FUNCTIONS } from './counter-functions.ts';
import { FLOAT_FUNCTIONS } from './float-functions.ts';
import type { Implementations } from './function-implementation.ts';
import { HISTOGRAM_FUNCTIONS } from './histogram-functions.ts';

/** Every function but those that the evaluation itself computes: `info`, `timestamp` and `start_timestamp` of a selector, and `start`, `end`, `range` and `step` of the query. */
export const IMPLEMENTATIONS: Implementations = {
  ...FLOAT_FUNCTIONS,
  ...COUNTER_FUNCTIONS,
  ...HISTOGRAM_FUNCTIONS,
};
