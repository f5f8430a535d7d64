import { AegisError, type MetricQueryRequest, NANOS_PER_MS, type UnixNanos } from '@aegisguard/model';
import type { QueryWindow } from '@aegisguard/promql';
import { readTime } from '../../platform/time-range.ts';
import { readStep } from '../read-step.ts';

/** When a request wants its query evaluated: at `time` (now), or at every `step` from `start` to `end`. Throws `invalid-request` unless it says exactly one of these. */
export function queryWindow(request: Omit<MetricQueryRequest, 'query'>, now: UnixNanos): QueryWindow {
  const { time, start, end, step } = request;
  const isRange = start !== undefined || end !== undefined || step !== undefined;
  if (!isRange) {
    const at = readTime('time', time, now) ?? now;
    return { startMs: msOf(at), endMs: msOf(at), stepMs: 1 };
  }
  const from = readTime('start', start, now);
  const until = readTime('end', end, now);
  if (time !== undefined || from === undefined || until === undefined) {
    throw new AegisError('invalid-request', {
      detail:
        'Send either `time`, or `start`, `end` and `step`; `step` may be left out where start and end are the same.',
    });
  }
  if (from > until) {
    throw new AegisError('invalid-request', { detail: 'The start of the time range lies after its end.' });
  }
  return { startMs: msOf(from), endMs: msOf(until), stepMs: readStepMs(step, msOf(from) === msOf(until)) };
}

function readStepMs(step: string | number | undefined, isInstant: boolean): number {
  if (step === undefined && !isInstant) {
    throw new AegisError('invalid-request', { detail: 'A range needs a `step`: seconds, or a duration such as 1m.' });
  }
  const stepMs = step === undefined ? 1 : msOf(readStep(step));
  if (stepMs === 0) {
    throw new AegisError('invalid-request', { detail: 'A step is at least a millisecond.' });
  }
  return stepMs;
}

/** Prometheus counts time in whole milliseconds. */
function msOf(nanos: bigint): number {
  return Number(nanos / NANOS_PER_MS);
}
