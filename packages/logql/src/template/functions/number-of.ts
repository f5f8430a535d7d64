import type { Conversion } from '../../pipeline/convert/conversion.ts';
import { FunctionError } from '../execute/template-function.ts';

/** What a text was read as; a `FunctionError` where it was none. */
export function numberOf(conversion: Conversion): number {
  if (typeof conversion !== 'number') {
    throw new FunctionError(conversion.problem);
  }
  return conversion;
}
