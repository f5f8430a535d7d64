/** A part of a text that is to go, and what decides about it. */
export interface Finding {
  /** UTF-16 offsets of the original text; `end` exclusive. */
  readonly start: number;
  readonly end: number;
  /** A `DetectorName` or `custom:<rule>`. */
  readonly detector: string;
  /** What stands in brackets: the detector's name, or the rule's. */
  readonly kind: string;
  readonly strategy: string;
  /** What was found, its escapes decoded. */
  readonly value: string;
  /** Lower wins. */
  readonly rank: number;
}

/**
 * No two of the answer overlap, and everything that was found is in it: where findings overlap, one of the union of their ranges has the kind, the strategy and the value of the lowest rank among them, or of the leftmost of that rank. To let go of
 * what only the loser covers would leave it in the text.
 */
export function mergeFindings(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length < 2) {
    return findings;
  }
  const merged: Finding[] = [];
  let last: Finding | undefined;
  for (const finding of findings.toSorted((a, b) => a.start - b.start || a.rank - b.rank)) {
    if (last !== undefined && finding.start < last.end) {
      const winner: Finding = finding.rank < last.rank ? finding : last;
      last = { ...winner, start: last.start, end: Math.max(last.end, finding.end) };
      merged[merged.length - 1] = last;
    } else {
      last = finding;
      merged.push(finding);
    }
  }
  return merged;
}
