import type { AttributeField, FieldExpression, IntrinsicField, StaticValue } from '../syntax/ast/field-expression.ts';
import type { SpansetAggregate } from '../syntax/ast/spanset-pipeline.ts';

const INTRINSIC_NAMES: Readonly<Record<IntrinsicField['name'], string>> = {
  duration: 'duration',
  name: 'name',
  status: 'status',
  'status-message': 'statusMessage',
  kind: 'kind',
  'span-id': 'span:id',
  'parent-id': 'span:parentID',
  'trace-id': 'trace:id',
  'event-name': 'event:name',
  'event-time-since-start': 'event:timeSinceStart',
  'link-trace-id': 'link:traceID',
  'link-span-id': 'link:spanID',
  'scope-name': 'instrumentation:name',
  'scope-version': 'instrumentation:version',
  'trace-duration': 'traceDuration',
  'root-service': 'rootServiceName',
  'root-name': 'rootName',
  'child-count': 'childCount',
  parent: 'parent',
  'nested-set-left': 'nestedSetLeft',
  'nested-set-right': 'nestedSetRight',
  'nested-set-parent': 'nestedSetParent',
};

/** What a field is called in labels and results. */
export function fieldName(field: AttributeField | IntrinsicField): string {
  if (field.kind === 'intrinsic') {
    return INTRINSIC_NAMES[field.name];
  }
  const scope = field.scope === 'any' ? '' : field.scope;
  return `${field.isParent ? 'parent.' : ''}${scope}${field.isParent && scope === '' ? '' : '.'}${field.name}`;
}

/** What an aggregate is called. */
export function aggregateName({ name, of }: SpansetAggregate): string {
  return `${name}(${of === undefined ? '' : expressionName(of)})`;
}

/** What an expression is called. */
export function expressionName(expression: FieldExpression): string {
  switch (expression.kind) {
    case 'attribute':
    case 'intrinsic':
      return fieldName(expression);
    case 'static':
      return staticName(expression.value);
    case 'unary':
      return `${expression.op}${expressionName(expression.operand)}`;
    case 'binary':
      return `(${expressionName(expression.left)} ${expression.op} ${expressionName(expression.right)})`;
  }
}

function staticName(value: StaticValue): string {
  switch (value.type) {
    case 'nil':
      return 'nil';
    case 'array':
      return `[${value.values.map(staticName).join(', ')}]`;
    case 'string':
      return JSON.stringify(value.value);
    case 'duration':
      return `${value.value}ns`;
    default:
      return String(value.value);
  }
}
