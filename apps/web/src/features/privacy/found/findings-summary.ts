import { DETECTORS, type PrivacyFindingsAnswer, type Signal } from '@aegisguard/model';
import type { KindHistogram } from '../../../charts/prepare/stacked-bars.ts';

/** Where something was found. */
interface PlaceCount {
  readonly signal: Signal;
  readonly place: string;
  readonly count: number;
}

/** All that was found of one kind; each list has the most frequent first. */
export interface KindFindings {
  readonly kind: string;
  readonly total: number;
  readonly strategies: readonly { readonly strategy: string; readonly count: number }[];
  readonly signals: readonly { readonly signal: Signal; readonly count: number }[];
  readonly places: readonly PlaceCount[];
}

/** An answer as the page shows it. */
export interface FindingsSummary {
  readonly histogram: KindHistogram<string>;
  /** Without truncated addresses: nearly every record has one, and the rest would not be seen beside them. */
  readonly kinds: readonly KindFindings[];
  readonly truncated: KindFindings | undefined;
  readonly isEmpty: boolean;
}

type Row = PrivacyFindingsAnswer['rows'][number];

function isTruncated({ strategy }: Row): boolean {
  return strategy === 'truncate';
}

/** Built-in kinds in their order, then the organization's own by name. */
export function kindOrder(a: string, b: string): number {
  const rank = (kind: string): number => {
    const at = (DETECTORS as readonly string[]).indexOf(kind);
    return at < 0 ? DETECTORS.length : at;
  };
  return rank(a) - rank(b) || (a < b ? -1 : 1);
}

/** Sums of rows by what `nameOf` says, the largest first. */
function sums<Part>(rows: readonly Row[], partOf: (row: Row) => Part): (Part & { readonly count: number })[] {
  const found = new Map<string, Part & { count: number }>();
  for (const row of rows) {
    const part = partOf(row);
    const name = JSON.stringify(part);
    const before = found.get(name);
    found.set(name, { ...part, count: (before?.count ?? 0) + row.total });
  }
  return [...found.values()].toSorted((a, b) => b.count - a.count);
}

function findingsOf(kind: string, rows: readonly Row[]): KindFindings {
  return {
    kind,
    total: rows.reduce((total, row) => total + row.total, 0),
    strategies: sums(rows, ({ strategy }) => ({ strategy })),
    signals: sums(rows, ({ signal }) => ({ signal })),
    places: sums(rows, ({ signal, place }) => ({ signal, place })),
  };
}

function histogramOf({ start, end, stepMs }: PrivacyFindingsAnswer, rows: readonly Row[]): KindHistogram<string> {
  const bars = Math.max(0, Math.round((end - start) / stepMs));
  const kinds = new Map<string, number[]>();
  for (const row of rows) {
    const counts = kinds.get(row.detector) ?? new Array<number>(bars).fill(0);
    for (const [step, count] of row.counts.entries()) {
      counts[step] = (counts[step] ?? 0) + count;
    }
    kinds.set(row.detector, counts);
  }
  return {
    start,
    stepMs,
    bars,
    kinds: [...kinds].map(([kind, counts]) => ({ kind, counts })).toSorted((a, b) => kindOrder(a.kind, b.kind)),
  };
}

/** Puts an answer together for the page, under the filters of its view, which narrow the chart alone: what else there is can still be chosen. */
export function summarizeFindings(
  answer: PrivacyFindingsAnswer,
  { kind, showsTruncated }: { readonly kind: string | undefined; readonly showsTruncated: boolean },
): FindingsSummary {
  const byKind = Map.groupBy(
    answer.rows.filter((row) => !isTruncated(row)),
    ({ detector }) => detector,
  );
  const truncated = answer.rows.filter(isTruncated);
  const isDrawn = (row: Row): boolean =>
    kind === undefined ? showsTruncated || !isTruncated(row) : row.detector === kind;
  return {
    histogram: histogramOf(answer, answer.rows.filter(isDrawn)),
    kinds: [...byKind].map(([name, rows]) => findingsOf(name, rows)).toSorted((a, b) => b.total - a.total),
    truncated: truncated.length === 0 ? undefined : findingsOf('ip', truncated),
    isEmpty: answer.rows.length === 0,
  };
}
