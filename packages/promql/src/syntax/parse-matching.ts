// https://prometheus.io/docs/prometheus/latest/querying/operators/#vector-matching
import type { VectorMatching } from './ast/binary-operation.ts';
import { parseGroupingLabels } from './parse-grouping-labels.ts';
import { parseNumber } from './parse-number.ts';
import type { TokenReader } from './token-reader.ts';

/** What stands between a binary operator and its right side. */
export interface OperatorModifiers {
  readonly isBool: boolean;
  readonly matching: VectorMatching;
}

/** `(5)`, `(-1.5)`. */
function parseFillValue(reader: TokenReader): number {
  reader.take();
  reader.expect('(');
  const sign = reader.takeIf('-') ? -1 : 1;
  if (sign === 1) {
    reader.takeIf('+');
  }
  const { kind } = reader.peek();
  if (kind !== 'number' && kind !== 'duration') {
    reader.unexpected();
  }
  const value = sign * parseNumber(reader.take());
  reader.expect(')');
  return value;
}

/** `fill(0)`, or `fill_left(0)` and `fill_right(0)` in any order. Without parentheses, they are names of metrics. */
function parseFill(reader: TokenReader): Pick<VectorMatching, 'fillLeft' | 'fillRight'> {
  const isNext = (word: string): boolean => reader.isNext(word) && reader.isNext('(', 1);
  if (isNext('fill')) {
    const value = parseFillValue(reader);
    return { fillLeft: value, fillRight: value };
  }
  let fillLeft = isNext('fill_left') ? parseFillValue(reader) : undefined;
  const fillRight = isNext('fill_right') ? parseFillValue(reader) : undefined;
  if (fillLeft === undefined && isNext('fill_left')) {
    fillLeft = parseFillValue(reader);
  }
  return { fillLeft, fillRight };
}

/** Reads `bool`, `on`, `ignoring`, `group_left`, `group_right` and the `fill` modifiers, as far as they are there. */
export function parseOperatorModifiers(reader: TokenReader): OperatorModifiers {
  const isBool = reader.takeIf('bool');
  const isOn = reader.isNext('on');
  let cardinality: VectorMatching['cardinality'] = 'one-to-one';
  let labels: readonly string[] = [];
  let include: readonly string[] = [];
  if (isOn || reader.isNext('ignoring')) {
    reader.take();
    labels = parseGroupingLabels(reader);
    if (reader.isNext('group_left') || reader.isNext('group_right')) {
      cardinality = reader.take().word === 'group_left' ? 'many-to-one' : 'one-to-many';
      include = reader.isNext('(') ? parseGroupingLabels(reader) : [];
    }
  }
  return { isBool, matching: { cardinality, isOn, labels, include, ...parseFill(reader) } };
}
