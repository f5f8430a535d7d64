import type { LogView } from '@aegisguard/model';

/** Names of the labels that the query's pipeline has made: logs of one page have those that logs of the others have. */
export function parsedNamesOf(logs: readonly LogView[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { parsed } of logs) {
    for (const name in parsed) {
      names.add(name);
    }
  }
  return names;
}
