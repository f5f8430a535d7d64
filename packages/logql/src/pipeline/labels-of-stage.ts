import type { LabelFilter } from '../syntax/ast/label-filter.ts';
import type { Stage } from '../syntax/ast/stage.ts';

/** Labels that a stage reads, so that parsers before it have to find them. */
export function labelsOfStage(stage: Stage): readonly string[] {
  switch (stage.kind) {
    case 'label-filter':
      return labelsOfFilter(stage.filter);
    default:
      return [];
  }
}

function labelsOfFilter(filter: LabelFilter): readonly string[] {
  switch (filter.kind) {
    case 'text':
      return [filter.matcher.name];
    case 'and':
    case 'or':
      return [...labelsOfFilter(filter.left), ...labelsOfFilter(filter.right)];
    default:
      return [filter.name];
  }
}
