import { formatUnit } from './format-unit.ts';

/** `1.25 ms` for nanoseconds; zero has no unit. */
export function nanosWords(nanos: number): string {
  return nanos === 0 ? '0' : formatUnit(nanos, 'ns');
}

/** `12 ms` for milliseconds; a dash where nothing was measured. */
export function millisWords(ms: number | null): string {
  return formatUnit(ms, 'ms');
}
