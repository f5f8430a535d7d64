import type { LabelFilter } from '../ast/label-filter.ts';
import { BARE_STAGES } from '../parse-stage.ts';
import { printMatcher } from './print-matcher.ts';
import { printText } from './print-text.ts';

function printSide(filter: LabelFilter, isInParentheses: boolean): string {
  return isInParentheses ? `(${printLabelFilter(filter)})` : printLabelFilter(filter);
}

/** `status>=400 and (method="GET" or method="HEAD")`. */
function printLabelFilter(filter: LabelFilter): string {
  switch (filter.kind) {
    case 'text':
      return printMatcher(filter.matcher);
    case 'ip':
      return `${filter.name}${filter.op}ip(${printText(filter.value)})`;
    case 'and': {
      const { left, right } = filter;
      return `${printSide(left, left.kind === 'or')} and ${printSide(right, right.kind === 'or' || right.kind === 'and')}`;
    }
    case 'or':
      return `${printLabelFilter(filter.left)} or ${printSide(filter.right, filter.right.kind === 'or')}`;
    default:
      return `${filter.name}${filter.op}${filter.text}`;
  }
}

/** The same behind a bar, where a label that is called like a stage would be one. */
export function printLabelFilterStage(filter: LabelFilter): string {
  const printed = printLabelFilter(filter);
  const [, name = '', op = ''] = /^([A-Za-z0-9_]+)(!?)/.exec(printed) ?? [];
  return op === '!' && BARE_STAGES.has(name) ? `| (${printed})` : `| ${printed}`;
}
