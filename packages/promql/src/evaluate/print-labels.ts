// Label sets as Prometheus's messages show them.
import type { Labels } from '@aegisguard/model';

const PLAIN_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** `{__name__="up", job="api"}`. */
export function printLabels(labels: Labels): string {
  const pairs = labels.map(
    ([name, value]) => `${PLAIN_NAME.test(name) ? name : JSON.stringify(name)}=${JSON.stringify(value)}`,
  );
  return `{${pairs.join(', ')}}`;
}
