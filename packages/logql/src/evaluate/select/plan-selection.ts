import type { LabelMatcher, LineFilter, LogHint, LogSelection } from '@aegisguard/model';
import type { LabelFilter } from '../../syntax/ast/label-filter.ts';
import type { LogQuery } from '../../syntax/ast/log-query.ts';
import type { LineFilterStage, Stage } from '../../syntax/ast/stage.ts';
import { filterHints, isPlain } from './filter-hints.ts';
import { LabelOrigins } from './label-origin.ts';

/** What of a selection a query says; the times come from the request. */
export type QuerySelection = Required<Pick<LogSelection, 'matchers' | 'lineFilters' | 'hints'>>;

/** A log query divided: what the reader does, and what is left to do with each log that it finds. */
export interface SelectionPlan extends QuerySelection {
  readonly stages: readonly Stage[];
}

const CAPTURE = '<_>';
/** The reader finds a level by all that was sent for it, a filter by what the label says. */
const LEVELS: ReadonlySet<string> = new Set(['level', 'detected_level']);

/** Leaves everything but the selector to the pipeline: to compare with. */
export function planNothing({ matchers, stages }: LogQuery): SelectionPlan {
  return { matchers, lineFilters: [], hints: [], stages };
}

/** Divides a log query. The reader's part selects at least the logs that the whole query selects; exactly those, when nothing is left. */
export function planSelection({ matchers, stages }: LogQuery): SelectionPlan {
  const plan = {
    matchers: [...matchers],
    lineFilters: [] as LineFilter[],
    hints: [] as LogHint[],
    stages: [] as Stage[],
  };
  const origins = new LabelOrigins();
  let areLabelsOriginal = true;
  let isLineOriginal = true;
  for (const stage of stages) {
    const isDone =
      (stage.kind === 'line-filter' && isLineOriginal && takeLineFilter(stage, plan.lineFilters)) ||
      (stage.kind === 'label-filter' && areLabelsOriginal && takeLabelFilter(stage.filter, plan.matchers));
    if (!isDone) {
      plan.stages.push(stage);
      if (stage.kind === 'label-filter') {
        plan.hints.push(...filterHints(stage.filter, origins.now));
      }
    }
    origins.step(stage);
    isLineOriginal &&= !changesLine(stage);
    areLabelsOriginal &&= stage.kind === 'line-filter' || stage.kind === 'label-filter' || stage.kind === 'decolorize';
  }
  return plan;
}

function changesLine({ kind }: Stage): boolean {
  return kind === 'line-format' || kind === 'unpack' || kind === 'decolorize';
}

/** Adds what the reader can do of a filter; true when that is all of it. */
function takeLineFilter({ op, operands }: LineFilterStage, lineFilters: LineFilter[]): boolean {
  const values = operands.map(({ value }) => value);
  const areTexts = operands.every(({ kind }) => kind === 'text');
  if (!areTexts || op === '!>') {
    return false;
  }
  if (op === '|>') {
    const longest = values.map(longestLiteral);
    if (!longest.includes('')) {
      lineFilters.push({ op: '|=', values: longest });
    }
    return false;
  }
  lineFilters.push({ op, values });
  return true;
}

/** Of the texts that a line has to have to fit a pattern the one that says most. */
function longestLiteral(pattern: string): string {
  return pattern.split(CAPTURE).reduce((longest, text) => (text.length > longest.length ? text : longest), '');
}

function takeLabelFilter(filter: LabelFilter, matchers: LabelMatcher[]): boolean {
  if (filter.kind === 'and') {
    const isLeftDone = takeLabelFilter(filter.left, matchers);
    const isRightDone = takeLabelFilter(filter.right, matchers);
    return isLeftDone && isRightDone;
  }
  if (filter.kind !== 'text' || !isPlain(filter.matcher.name) || LEVELS.has(filter.matcher.name)) {
    return false;
  }
  matchers.push(filter.matcher);
  return true;
}
