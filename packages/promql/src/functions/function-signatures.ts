// https://prometheus.io/docs/prometheus/latest/querying/functions/
import type { ValueType } from '../syntax/ast/expression.ts';
import type { FunctionSignature } from './function-signature.ts';

function repeat(type: ValueType, count: number): ValueType[] {
  return Array.from({ length: count }, () => type);
}

function signatures(
  names: readonly string[],
  parameters: readonly ValueType[],
  rest: Partial<FunctionSignature> = {},
): FunctionSignature[] {
  return names.map((name) => ({ name, parameters, optional: 0, returns: 'vector', ...rest }));
}

const EXPERIMENTAL = { isExperimental: true } as const;
const QUANTILES_MAX = 10;

/** All functions of Prometheus 3.16, those that it calls experimental included. */
export const FUNCTION_SIGNATURES: readonly FunctionSignature[] = [
  // Of each element of an instant vector.
  ...signatures(
    [
      'abs',
      'absent',
      'acos',
      'acosh',
      'asin',
      'asinh',
      'atan',
      'atanh',
      'ceil',
      'cos',
      'cosh',
      'deg',
      'exp',
      'floor',
      'histogram_avg',
      'histogram_count',
      'histogram_stddev',
      'histogram_stdvar',
      'histogram_sum',
      'ln',
      'log10',
      'log2',
      'rad',
      'sgn',
      'sin',
      'sinh',
      'sort',
      'sort_desc',
      'sqrt',
      'tan',
      'tanh',
      'timestamp',
    ],
    ['vector'],
  ),
  ...signatures(['start_timestamp'], ['vector'], EXPERIMENTAL),
  ...signatures(['clamp'], ['vector', 'scalar', 'scalar']),
  ...signatures(['clamp_max', 'clamp_min'], ['vector', 'scalar']),
  ...signatures(['round'], ['vector', 'scalar'], { optional: 1 }),
  // Of the time, or of times in a vector.
  ...signatures(
    ['day_of_month', 'day_of_week', 'day_of_year', 'days_in_month', 'hour', 'minute', 'month', 'year'],
    ['vector'],
    { optional: 1 },
  ),
  // Of a window.
  ...signatures(
    [
      'absent_over_time',
      'avg_over_time',
      'changes',
      'count_over_time',
      'delta',
      'deriv',
      'idelta',
      'increase',
      'irate',
      'last_over_time',
      'max_over_time',
      'min_over_time',
      'present_over_time',
      'rate',
      'resets',
      'stddev_over_time',
      'stdvar_over_time',
      'sum_over_time',
    ],
    ['matrix'],
  ),
  ...signatures(
    [
      'first_over_time',
      'mad_over_time',
      'ts_of_first_over_time',
      'ts_of_last_over_time',
      'ts_of_max_over_time',
      'ts_of_min_over_time',
    ],
    ['matrix'],
    EXPERIMENTAL,
  ),
  ...signatures(['double_exponential_smoothing'], ['matrix', 'scalar', 'scalar'], EXPERIMENTAL),
  ...signatures(['predict_linear'], ['matrix', 'scalar']),
  ...signatures(['quantile_over_time'], ['scalar', 'matrix']),
  // Of classic and native histograms.
  ...signatures(['histogram_fraction'], ['scalar', 'scalar', 'vector']),
  ...signatures(['histogram_quantile'], ['scalar', 'vector']),
  ...signatures(['histogram_quantiles'], ['vector', 'string', ...repeat('scalar', QUANTILES_MAX)], {
    ...EXPERIMENTAL,
    optional: QUANTILES_MAX - 1,
  }),
  // Of labels.
  ...signatures(['info'], ['vector', 'vector'], { ...EXPERIMENTAL, optional: 1 }),
  ...signatures(['label_join'], ['vector', 'string', 'string', 'string'], { optional: -1 }),
  ...signatures(['label_replace'], ['vector', ...repeat('string', 4)]),
  ...signatures(['sort_by_label', 'sort_by_label_desc'], ['vector', 'string'], { ...EXPERIMENTAL, optional: -1 }),
  // Scalars.
  ...signatures(['pi', 'time'], [], { returns: 'scalar' }),
  ...signatures(['end', 'range', 'start', 'step'], [], { ...EXPERIMENTAL, returns: 'scalar' }),
  ...signatures(['max_of', 'min_of'], ['scalar', 'scalar'], { ...EXPERIMENTAL, returns: 'scalar' }),
  ...signatures(['scalar'], ['vector'], { returns: 'scalar' }),
  ...signatures(['vector'], ['scalar']),
];

const BY_NAME: ReadonlyMap<string, FunctionSignature> = new Map(
  FUNCTION_SIGNATURES.map((signature) => [signature.name, signature]),
);

/** The function of that name. */
export function findFunction(name: string): FunctionSignature | undefined {
  return BY_NAME.get(name);
}
