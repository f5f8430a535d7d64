// https://grafana.com/docs/loki/latest/query/log_queries/#labels-format-expression
import { invalidQuery } from '@aegisguard/model';
import { ERROR_LABEL } from '../pipeline/line-labels.ts';
import type { LabelFormat, LabelFormatStage, LineFormatStage } from './ast/stage.ts';
import { checkTemplate } from './check-template.ts';
import type { TokenReader } from './token-reader.ts';

/** Parses what stands behind `line_format`. */
export function parseLineFormat(tokens: TokenReader): LineFormatStage {
  const template = tokens.expectText('after line_format');
  checkTemplate(template, 'line', 'invalid line template');
  return { kind: 'line-format', template: template.text };
}

function parseFormat(tokens: TokenReader, seen: Set<string>): LabelFormat {
  const { text: label, position } = tokens.expect('name', 'a label name');
  tokens.expectSymbol('=', `after the label ${label}`);
  const { kind } = tokens.peek();
  if (kind !== 'name' && kind !== 'string') {
    tokens.fail(`a label or a text in quotes after "="`);
  }
  const value = tokens.take();
  if (label === ERROR_LABEL) {
    throw invalidQuery(position, `${label} cannot be formatted`);
  }
  if (seen.has(label)) {
    throw invalidQuery(position, `multiple label name '${label}' not allowed in a single format operation`);
  }
  seen.add(label);
  if (kind === 'name') {
    return { label, from: value.text };
  }
  checkTemplate(value, 'label', `invalid template for label '${label}'`);
  return { label, template: value.text };
}

/** Parses what stands behind `label_format`. */
export function parseLabelFormat(tokens: TokenReader): LabelFormatStage {
  const seen = new Set<string>();
  return { kind: 'label-format', formats: tokens.list(() => parseFormat(tokens, seen), 'labels') };
}
