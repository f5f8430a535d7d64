// https://grafana.com/docs/grafana/latest/dashboards/variables/add-template-variables/#global-variables
import type { ResolvedRange } from '../../../lib/time-range.ts';
import { rateIntervalMs } from '../../metrics/view/query-step.ts';
import { single, type VariableScope } from './variable-scope.ts';

/** How often metrics are taken to be collected, where nothing says so. */
const COLLECTED_SECONDS = 15;

/** Steps that people like, in seconds. */
const NICE_SECONDS = [
  1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1200, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800,
  604_800,
] as const;

/** A step, in whole seconds, by which a range has no more points than there are pixels, and none closer than metrics are collected. */
export function stepSeconds(
  { startMs, endMs }: ResolvedRange,
  pixels: number,
  collectedSeconds: number = COLLECTED_SECONDS,
): number {
  const least = Math.max(collectedSeconds, (endMs - startMs) / 1000 / Math.max(pixels, 100));
  return NICE_SECONDS.find((seconds) => seconds >= least) ?? Math.ceil(least / 604_800) * 604_800;
}

/** `90s`, `5m`, `2h` … */
function durationText(seconds: number): string {
  for (const [unit, size] of [
    ['d', 86_400],
    ['h', 3600],
    ['m', 60],
  ] as const) {
    if (seconds >= size && seconds % size === 0) {
      return `${seconds / size}${unit}`;
    }
  }
  return `${seconds}s`;
}

/** `$__interval`, `$__rate_interval`, `$__range` and the like, for queries of this range with this step, in seconds, over metrics that are collected so often. */
export function builtInVariables(
  { startMs, endMs }: ResolvedRange,
  step: number,
  collectedSeconds: number = COLLECTED_SECONDS,
): VariableScope {
  const rangeSeconds = Math.max(1, Math.round((endMs - startMs) / 1000));
  const rateSeconds = rateIntervalMs(step * 1000, collectedSeconds * 1000) / 1000;
  const texts: Readonly<Record<string, string>> = {
    __interval: durationText(step),
    __interval_ms: String(step * 1000),
    __auto: durationText(step),
    __rate_interval: durationText(rateSeconds),
    __rate_interval_ms: String(rateSeconds * 1000),
    __range: `${rangeSeconds}s`,
    __range_s: String(rangeSeconds),
    __range_ms: String(rangeSeconds * 1000),
    __from: String(startMs),
    __to: String(endMs),
  };
  return new Map(Object.entries(texts).map(([name, text]) => [name, single(text)]));
}
