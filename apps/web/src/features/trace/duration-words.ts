import { formatUnit } from '../../charts/metrics/format-unit.ts';

/** `1.25 ms` for nanoseconds. */
export function durationWords(nanos: number): string {
  return nanos === 0 ? '0' : formatUnit(nanos, 'ns');
}

/** `12.5%` of a whole; nothing of nothing is 0%. */
export function shareWords(part: number, whole: number): string {
  const share = whole > 0 ? (part / whole) * 100 : 0;
  return share > 0 && share < 0.1 ? '<0.1%' : `${share >= 10 ? Math.round(share) : Number(share.toFixed(1))}%`;
}
