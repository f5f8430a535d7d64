import type { LabelExtraction, LabelFormat, LineFilterStage, LogfmtStage, Stage } from '../ast/stage.ts';
import { printLabelFilterStage } from './print-label-filter.ts';
import { printMatcher } from './print-matcher.ts';
import { printText } from './print-text.ts';

function printLineFilter({ op, operands }: LineFilterStage): string {
  const printed = operands.map(({ kind, value }) => (kind === 'ip' ? `ip(${printText(value)})` : printText(value)));
  return `${op} ${printed.join(' or ')}`;
}

function printExtractions(extractions: readonly LabelExtraction[]): string {
  const printed = extractions.map(({ label, expression }) =>
    label === expression ? label : `${label}=${printText(expression)}`,
  );
  return printed.length === 0 ? '' : ` ${printed.join(', ')}`;
}

function printLogfmt({ isStrict, keepsEmpty, extractions }: LogfmtStage): string {
  const flags = `${isStrict ? ' --strict' : ''}${keepsEmpty ? ' --keep-empty' : ''}`;
  return `| logfmt${flags}${printExtractions(extractions)}`;
}

function printFormat(format: LabelFormat): string {
  return `${format.label}=${'from' in format ? format.from : printText(format.template)}`;
}

/** A stage with the bar or operator that it begins with: `| json`, `|= "timeout"`. */
export function printStage(stage: Stage): string {
  switch (stage.kind) {
    case 'line-filter':
      return printLineFilter(stage);
    case 'json':
      return `| json${printExtractions(stage.extractions)}`;
    case 'logfmt':
      return printLogfmt(stage);
    case 'regexp':
    case 'pattern':
      return `| ${stage.kind} ${printText(stage.expression)}`;
    case 'label-filter':
      return printLabelFilterStage(stage.filter);
    case 'line-format':
      return `| line_format ${printText(stage.template)}`;
    case 'label-format':
      return `| label_format ${stage.formats.map(printFormat).join(', ')}`;
    case 'drop':
    case 'keep':
      return `| ${stage.kind} ${stage.labels.map((label) => (typeof label === 'string' ? label : printMatcher(label))).join(', ')}`;
    case 'unpack':
    case 'decolorize':
      return `| ${stage.kind}`;
  }
}
