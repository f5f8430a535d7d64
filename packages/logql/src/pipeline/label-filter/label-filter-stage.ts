// https://grafana.com/docs/loki/latest/query/log_queries/#label-filter-expression
import type {
  ComparisonOperator,
  IpLabelFilter,
  LabelFilter,
  NumberLabelFilter,
} from '../../syntax/ast/label-filter.ts';
import type { Conversion } from '../convert/conversion.ts';
import { parseBytes } from '../convert/parse-bytes.ts';
import { parseFloat64 } from '../convert/parse-float.ts';
import { parseGoDuration } from '../convert/parse-go-duration.ts';
import { IpSearch } from '../ip/ip-search.ts';
import type { LineLabels } from '../line-labels.ts';
import type { LineStage } from '../line-stage.ts';
import { compileMatcher } from '../match-text.ts';

/** Whether a log's labels pass. It may note an error among them. */
export type LabelTest = (labels: LineLabels) => boolean;

const CONVERSIONS: Readonly<Record<NumberLabelFilter['kind'], (text: string) => Conversion>> = {
  number: parseFloat64,
  duration: parseGoDuration,
  bytes: parseBytes,
};

/** Logs whose labels pass the filter. */
export function compileLabelFilterStage(filter: LabelFilter): LineStage {
  const test = compileLabelFilter(filter);
  return { run: ({ labels }) => test(labels) };
}

/** A filter made ready. With an error among the labels, only filters of texts can drop a log, so that errors are seen. */
export function compileLabelFilter(filter: LabelFilter): LabelTest {
  switch (filter.kind) {
    case 'text': {
      const { name } = filter.matcher;
      const matches = compileMatcher(filter.matcher);
      return (labels) => matches(labels.get(name) ?? '', labels.work);
    }
    case 'number':
    case 'duration':
    case 'bytes':
      return compileComparison(filter);
    case 'ip':
      return compileIpFilter(filter);
    case 'and': {
      const left = compileLabelFilter(filter.left);
      const right = compileLabelFilter(filter.right);
      return (labels) => left(labels) && right(labels);
    }
    case 'or': {
      const left = compileLabelFilter(filter.left);
      const right = compileLabelFilter(filter.right);
      return (labels) => left(labels) || right(labels);
    }
  }
}

function compileComparison({ kind, name, op, value }: NumberLabelFilter): LabelTest {
  const convert = CONVERSIONS[kind];
  return (labels) => {
    if (labels.hasError) {
      return true;
    }
    const text = labels.get(name);
    if (text === undefined) {
      return false;
    }
    const number = convert(text);
    if (typeof number === 'object') {
      labels.fail('LabelFilterErr', number.problem);
      return true;
    }
    return compare(number, op, value);
  };
}

function compare(a: number, op: ComparisonOperator, b: number): boolean {
  switch (op) {
    case '=':
      return a === b;
    case '!=':
      return a !== b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
  }
}

function compileIpFilter({ name, op, value }: IpLabelFilter): LabelTest {
  const search = new IpSearch(value);
  return (labels) => {
    if (labels.hasError) {
      return true;
    }
    const text = labels.get(name);
    return text !== undefined && search.test(text) === (op === '=');
  };
}
