const PREFIXES = [
  ['queue:', 'Queue of '],
  ['dead-letters:', 'Dead letters of '],
  ['table:', 'Table '],
] as const;

/** What a step of an erasure was about: `table:logs` is `Table logs`. */
export function stepWords(what: string): string {
  if (what === 'replaced-files') {
    return 'Files of the disk that they lay in';
  }
  if (what === 'log-metrics') {
    return 'Totals of metrics made of logs';
  }
  const prefix = PREFIXES.find(([each]) => what.startsWith(each));
  return prefix === undefined ? what : prefix[1] + what.slice(prefix[0].length);
}
