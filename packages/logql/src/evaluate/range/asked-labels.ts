import { labelsOfFilter, labelsOfStage, readsAnyLabel } from '../../pipeline/labels-of-stage.ts';
import type { Grouping } from '../../syntax/ast/grouping.ts';
import type { LogRange } from '../../syntax/ast/range-aggregation.ts';
import type { Stage } from '../../syntax/ast/stage.ts';

const PARSERS: ReadonlySet<Stage['kind']> = new Set(['json', 'logfmt', 'regexp', 'pattern', 'unpack']);
const ERROR = '__error__';

/** The labels that an aggregation asks its pipeline for, also those of stages that the store does in its place; undefined for all of them. */
export function askedLabels(
  { query, unwrap }: LogRange,
  grouping: Grouping | undefined,
): readonly string[] | undefined {
  if (grouping?.kind !== 'by') {
    return;
  }
  const ofUnwrap = unwrap === undefined ? [] : [unwrap.label, ...unwrap.filters.flatMap(labelsOfFilter)];
  return [...grouping.labels, ...ofUnwrap, ...query.stages.flatMap(labelsOfStage)];
}

/** Whether no label of the logs matters: then Loki does not parse them, and a line that cannot be parsed is no error. */
export function needsNoLabels(range: LogRange, grouping: Grouping | undefined): boolean {
  return askedLabels(range, grouping)?.length === 0 && !range.query.stages.some(readsAnyLabel);
}

/** The stages but for parsers. */
export function withoutParsers(stages: readonly Stage[]): readonly Stage[] {
  return stages.filter(({ kind }) => !PARSERS.has(kind));
}

/** Whether a query wants the lines that a parser cannot read: it names the label of errors. */
export function asksForErrors({ query, unwrap }: LogRange, grouping: Grouping | undefined): boolean {
  const ofUnwrap = unwrap?.filters.flatMap(labelsOfFilter) ?? [];
  return [...(grouping?.labels ?? []), ...query.stages.flatMap(labelsOfStage), ...ofUnwrap].includes(ERROR);
}
