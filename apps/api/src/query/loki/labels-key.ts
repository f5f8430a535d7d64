import type { LabelValues } from '@aegisguard/model';

/** The same text for the same labels, whatever their order; texts are in the order that Loki gives streams. */
export function labelsKey(labels: LabelValues): string {
  return JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
}
