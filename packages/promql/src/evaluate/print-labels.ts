// Label sets as Prometheus's messages show them.
import type { Labels } from '@aegisguard/model';
import { printLabelName } from '../syntax/print/print-label-name.ts';
import { quote } from '../syntax/print/quote.ts';

/** `{__name__="up", job="api"}`. */
export function printLabels(labels: Labels): string {
  return `{${labels.map(([name, value]) => `${printLabelName(name)}=${quote(value)}`).join(', ')}}`;
}
