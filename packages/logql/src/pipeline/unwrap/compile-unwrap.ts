// `| unwrap`: https://grafana.com/docs/loki/latest/query/metric_queries/#unwrapped-range-aggregations
import type { Unwrap } from '../../syntax/ast/range-aggregation.ts';
import type { Conversion } from '../convert/conversion.ts';
import { parseBytes } from '../convert/parse-bytes.ts';
import { parseFloat64 } from '../convert/parse-float.ts';
import { parseGoDuration } from '../convert/parse-go-duration.ts';
import { compileLabelFilter } from '../label-filter/label-filter-stage.ts';
import type { LineLabels } from '../line-labels.ts';

/** The number that a log's labels have for an aggregation; undefined leaves the log out. */
export type UnwrapLabels = (labels: LineLabels) => number | undefined;

const NANOS_PER_SECOND = 1e9;

/**
 * Takes numbers out of a label. A log without it, or with an empty one, is left out; what is no number is 0 and the error `SampleExtractionErr`, which the filters
 * behind `unwrap` see. The label is not one of the series unless `keepsLabel`, as where the aggregation groups by it.
 */
export function compileUnwrap({ label, conversion, filters }: Unwrap, keepsLabel = false): UnwrapLabels {
  const convert = conversionOf(conversion);
  const tests = filters.map(compileLabelFilter);
  return (labels) => {
    const text = labels.get(label) ?? '';
    if (text === '') {
      return;
    }
    const converted = convert(text);
    const isNumber = typeof converted === 'number';
    if (!isNumber) {
      labels.fail('SampleExtractionErr', converted.problem);
    }
    for (const test of tests) {
      if (!test(labels)) {
        return;
      }
    }
    if (isNumber && !keepsLabel) {
      labels.remove(label);
    }
    return isNumber ? converted : 0;
  };
}

function conversionOf(conversion: Unwrap['conversion']): (text: string) => Conversion {
  switch (conversion) {
    case undefined:
      return parseFloat64;
    case 'bytes':
      return parseBytes;
    case 'duration':
    case 'duration_seconds':
      return parseSeconds;
  }
}

function parseSeconds(text: string): Conversion {
  const nanos = parseGoDuration(text);
  if (typeof nanos === 'object') {
    return nanos;
  }
  // In two parts, as Go does it, since the quotient of the whole may differ in its last bit.
  const rest = nanos % NANOS_PER_SECOND;
  return (nanos - rest) / NANOS_PER_SECOND + rest / NANOS_PER_SECOND;
}
