import type { AssembledTrace } from './assemble-trace.ts';

const NANOS_PER_MS = 1e6;

/** What was found out when the trace was read. */
export interface TraceFaults {
  /** It has more spans than were read, the earliest ones. */
  readonly isCut: boolean;
  /** Rows with the id of another span. */
  readonly duplicates: number;
}

/** What is not as it should be with a trace, in sentences. */
export function traceWarnings(trace: AssembledTrace, { isCut, duplicates }: TraceFaults): string[] {
  const { tree, columns } = trace;
  const orphans = sum(tree.isOrphan);
  const trueRoots = tree.roots.filter((index) => columns.parentSpanIds[index] === '').length;
  const warnings: (readonly [boolean, string])[] = [
    [
      isCut,
      `The trace has more spans than these ${columns.spanIds.length}, the earliest ones; the others are left out.`,
    ],
    [
      orphans > 0,
      `The parent of ${orphans === 1 ? 'one span is' : `${orphans} spans are`} missing: not sent, not yet arrived, or left out; ${orphans === 1 ? 'it is' : 'they are'} shown as roots.`,
    ],
    [trueRoots > 1, `The trace has ${trueRoots} spans without a parent.`],
    [
      tree.cycles > 0,
      `Spans name one another as parents in ${tree.cycles === 1 ? 'a circle' : `${tree.cycles} circles`}; the earliest span of each is shown as a root.`,
    ],
    [
      duplicates > 0,
      `${duplicates === 1 ? 'One span' : `${duplicates} spans`} had the id of another one and ${duplicates === 1 ? 'is' : 'are'} left out; what came last is shown.`,
    ],
    ...skewWarning(trace.shifts),
  ];
  return warnings.filter(([applies]) => applies).map(([, sentence]) => sentence);
}

function skewWarning(shifts: Float64Array): (readonly [boolean, string])[] {
  const moved = shifts.reduce((count, shift) => count + (shift === 0 ? 0 : 1), 0);
  const farthest = shifts.reduce((most, shift) => Math.max(most, Math.abs(shift)), 0) / NANOS_PER_MS;
  return [
    [
      moved > 0,
      `The clocks of this trace's machines differ (clock skew): ${moved === 1 ? 'one span was moved into its parent' : `${moved} spans were moved into their parents`}, by up to ${Number(farthest.toPrecision(6))} ms.`,
    ],
  ];
}

function sum(flags: Uint8Array): number {
  return flags.reduce((count, flag) => count + flag, 0);
}
