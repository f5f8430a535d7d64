// The functions that every template has: https://pkg.go.dev/text/template#hdr-Functions

import { FunctionError, type FunctionTable, type TemplateFunction } from '../execute/template-function.ts';
import { print, printFormatted, printLine } from '../values/print-values.ts';
import { isTrue, typeName, type Value } from '../values/value.ts';
import { COLLECTION_FUNCTIONS } from './collection-functions.ts';
import { COMPARE_FUNCTIONS } from './compare-functions.ts';
import { ESCAPE_FUNCTIONS } from './escape-functions.ts';

/** Called where its arguments are evaluated, which stops at the first that decides. */
const SHORT_CIRCUIT: TemplateFunction<unknown> = { parameters: ['any'], rest: 'any', call: ([value]) => value };

/** There are no functions among the values. */
function refuseCall([value]: readonly Value[]): Value {
  throw new FunctionError(
    value === null || value === undefined ? 'call of nil' : `non-function value of type ${typeName(value)}`,
  );
}

export const GO_FUNCTIONS: FunctionTable<unknown> = new Map<string, TemplateFunction<unknown>>([
  ['and', SHORT_CIRCUIT],
  ['or', SHORT_CIRCUIT],
  ['not', { parameters: ['any'], call: ([value]) => !isTrue(value) }],
  ['call', { parameters: ['any'], rest: 'any', call: refuseCall }],
  ['print', { parameters: [], rest: 'any', call: print }],
  ['println', { parameters: [], rest: 'any', call: printLine }],
  [
    'printf',
    {
      parameters: ['string'],
      rest: 'any',
      call: ([format, ...values], call) => printFormatted(String(format), values, call),
    },
  ],
  ...COMPARE_FUNCTIONS,
  ...COLLECTION_FUNCTIONS,
  ...ESCAPE_FUNCTIONS,
]);
