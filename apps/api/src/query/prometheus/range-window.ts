import { AegisError, type PrometheusRangeRequest } from '@aegisguard/model';
import type { QueryWindow } from '@aegisguard/promql';
import { invalidParameter } from './prometheus-words.ts';
import { readDurationMs, readTimeMs, refuseReversed } from './read-parameters.ts';

/** Steps of a range query: a minute's over a week, an hour's over a year. */
const STEPS_MAX = 11_000;

/** When a range query is evaluated. Throws `invalid-request` for what Prometheus refuses. */
export function readRangeWindow(
  { start, end, step }: Pick<PrometheusRangeRequest, 'start' | 'end' | 'step'>,
  nowMs: number,
): QueryWindow {
  const startMs = readTimeMs('start', start, nowMs);
  const endMs = readTimeMs('end', end, nowMs);
  refuseReversed(startMs, endMs);
  const stepMs = readDurationMs('step', step);
  if (stepMs <= 0) {
    throw invalidParameter(
      'step',
      'zero or negative query resolution step widths are not accepted. Try a positive integer',
    );
  }
  if ((endMs - startMs) / stepMs > STEPS_MAX) {
    throw new AegisError('invalid-request', {
      detail:
        'exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)',
      members: { limit: STEPS_MAX },
    });
  }
  return { startMs, endMs, stepMs };
}
