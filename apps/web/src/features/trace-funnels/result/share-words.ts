import { formatUnit } from '../../../charts/metrics/format-unit.ts';

/** `37.5%`; a dash where there is nothing to have a share of. Small shares are not rounded to nothing, nor large ones to all. */
export function shareWords(share: number | null): string {
  if (share === null) {
    return '–';
  }
  if (share > 0 && share < 0.0001) {
    return '<0.01%';
  }
  return share < 1 && share > 0.9999 ? '>99.99%' : formatUnit(share, 'percentunit');
}
