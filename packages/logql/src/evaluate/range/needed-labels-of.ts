import type { Grouping } from '../../syntax/ast/grouping.ts';
import type { LabelFilter } from '../../syntax/ast/label-filter.ts';
import type { LogRange } from '../../syntax/ast/range-aggregation.ts';
import type { Stage } from '../../syntax/ast/stage.ts';

const PARSERS: ReadonlySet<Stage['kind']> = new Set(['json', 'logfmt', 'regexp', 'pattern', 'unpack']);

/** Whether no label of the logs matters: then Loki does not parse them, and a line that cannot be parsed is no error. */
export function needsNoLabels({ query, unwrap }: LogRange, grouping: Grouping | undefined): boolean {
  const isTogether = grouping?.kind === 'by' && grouping.labels.length === 0;
  return isTogether && unwrap === undefined && !query.stages.some(looksAtLabels);
}

/** The stages but for parsers. */
export function withoutParsers(stages: readonly Stage[]): readonly Stage[] {
  return stages.filter(({ kind }) => !PARSERS.has(kind));
}

/** Whether a query says that it wants logs for which a parser failed: it names the label of errors. */
export function asksForErrors({ query }: LogRange, grouping: Grouping | undefined): boolean {
  const isError = (name: string): boolean => name === '__error__';
  return (
    grouping?.labels.some(isError) === true ||
    query.stages.some((stage) => stage.kind === 'label-filter' && filterNames(stage.filter).some(isError))
  );
}

function looksAtLabels(stage: Stage): boolean {
  switch (stage.kind) {
    case 'label-filter':
    case 'label-format':
      return true;
    case 'line-format':
      return stage.template.includes('{{');
    default:
      return false;
  }
}

function filterNames(filter: LabelFilter): readonly string[] {
  switch (filter.kind) {
    case 'text':
      return [filter.matcher.name];
    case 'and':
    case 'or':
      return [...filterNames(filter.left), ...filterNames(filter.right)];
    default:
      return [filter.name];
  }
}
