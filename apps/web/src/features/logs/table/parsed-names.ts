import type { LogView } from '@aegisguard/model';

/** Logs that are looked at: those of one page have the labels that those of the others have. */
const LOOKED_AT_ROWS = 1000;

/** Names of the labels that the query's pipeline has made. */
export function parsedNamesOf(logs: readonly LogView[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { parsed } of logs.slice(0, LOOKED_AT_ROWS)) {
    for (const name in parsed) {
      names.add(name);
    }
  }
  return names;
}
