import type { LabelFilter } from '../syntax/ast/label-filter.ts';
import type { Stage } from '../syntax/ast/stage.ts';
import { labelsOfTemplate } from './format/labels-of-template.ts';

/** Labels that a stage names, so that parsers before it have to find them. */
export function labelsOfStage(stage: Stage): readonly string[] {
  switch (stage.kind) {
    case 'label-filter':
      return labelsOfFilter(stage.filter);
    case 'line-format':
    case 'label-format':
      return [...renamedBy(stage), ...templatesOf(stage).flatMap((template) => labelsOfTemplate(template).names)];
    default:
      return [];
  }
}

/** Whether a stage may read labels that it does not name: a template that has all of them in hand. */
export function readsAnyLabel(stage: Stage): boolean {
  return templatesOf(stage).some((template) => labelsOfTemplate(template).mayReadOthers);
}

/** Labels that a filter reads. */
export function labelsOfFilter(filter: LabelFilter): readonly string[] {
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

function renamedBy(stage: Stage): readonly string[] {
  return stage.kind === 'label-format'
    ? stage.formats.flatMap((format) => ('from' in format ? [format.from] : []))
    : [];
}

function templatesOf(stage: Stage): readonly string[] {
  switch (stage.kind) {
    case 'line-format':
      return [stage.template];
    case 'label-format':
      return stage.formats.flatMap((format) => ('template' in format ? [format.template] : []));
    default:
      return [];
  }
}
