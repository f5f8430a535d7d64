// https://prometheus.io/docs/prometheus/latest/querying/operators/#arithmetic-binary-operators, and those of histograms
import { compactHistogram, type NativeHistogram } from '@aegisguard/model';
import { addHistograms, type CombinedHistogram, subtractHistograms } from '../../histograms/combine-histograms.ts';
import { equalHistograms } from '../../histograms/equal-histograms.ts';
import { divideHistogram, scaleHistogram } from '../../histograms/scale-histogram.ts';
import { trimHistogram } from '../../histograms/trim-histogram.ts';
import type { BinaryOperation } from '../../syntax/ast/binary-operation.ts';
import type { Annotations } from '../annotations.ts';
import { arithmeticOf, comparisonOf } from './float-operators.ts';

/** A point of a series. */
export type Element = number | NativeHistogram;

/** What two elements give. */
export interface Combined {
  /** Of a comparison that does not hold it is the left element, too. */
  readonly element: Element;
  /** The comparison does not hold. */
  readonly isFalse: boolean;
}

/** What an operator makes of two elements. Undefined: nothing, for which an annotation says why. */
export function combineElements(
  operation: Pick<BinaryOperation, 'op' | 'source'>,
  left: Element,
  right: Element,
  annotations: Annotations,
): Combined | undefined {
  const combined =
    typeof left === 'number'
      ? typeof right === 'number'
        ? floats(operation, left, right)
        : floatAndHistogram(operation, left, right)
      : typeof right === 'number'
        ? histogramAndFloat(operation, left, right)
        : histograms(operation, left, right, annotations);
  if (combined === 'incompatible') {
    const { op, source } = operation;
    annotations.inform(
      `incompatible sample types encountered for binary operator ${JSON.stringify(op)}: ${typeOf(left)} ${op} ${typeOf(right)}`,
      source,
    );
    return undefined;
  }
  return combined;
}

type Outcome = Combined | 'incompatible' | undefined;

function typeOf(element: Element): string {
  return typeof element === 'number' ? 'float' : 'histogram';
}

function gives(element: Element): Combined {
  return { element, isFalse: false };
}

function floats({ op }: Pick<BinaryOperation, 'op'>, left: number, right: number): Outcome {
  const arithmetic = arithmeticOf(op);
  if (arithmetic !== undefined) {
    return gives(arithmetic(left, right));
  }
  const comparison = comparisonOf(op);
  return comparison === undefined ? 'incompatible' : { element: left, isFalse: !comparison(left, right) };
}

function floatAndHistogram({ op }: Pick<BinaryOperation, 'op'>, left: number, right: NativeHistogram): Outcome {
  return op === '*' ? gives(compactHistogram(scaleHistogram(right, left))) : 'incompatible';
}

function histogramAndFloat({ op }: Pick<BinaryOperation, 'op'>, left: NativeHistogram, right: number): Outcome {
  switch (op) {
    case '*':
      return gives(compactHistogram(scaleHistogram(left, right)));
    case '/':
      return gives(compactHistogram(divideHistogram(left, right)));
    case '</':
      return gives(trimHistogram(left, right, 'below'));
    case '>/':
      return gives(trimHistogram(left, right, 'above'));
    default:
      return 'incompatible';
  }
}

function histograms(
  operation: Pick<BinaryOperation, 'op' | 'source'>,
  left: NativeHistogram,
  right: NativeHistogram,
  annotations: Annotations,
): Outcome {
  switch (operation.op) {
    case '+':
      return sumOf(operation, addHistograms(left, right), annotations);
    case '-': {
      const difference = sumOf(operation, subtractHistograms(left, right), annotations);
      return difference && gives({ ...(difference.element as NativeHistogram), resetHint: 'gauge' });
    }
    case '==':
      return { element: left, isFalse: !equalHistograms(left, right) };
    case '!=':
      return { element: left, isFalse: equalHistograms(left, right) };
    default:
      return 'incompatible';
  }
}

/** Histograms whose hints contradict each other have no sum, as in Prometheus. */
function sumOf(
  { op, source }: Pick<BinaryOperation, 'op' | 'source'>,
  combined: CombinedHistogram | undefined,
  annotations: Annotations,
): Combined | undefined {
  const operation = op === '+' ? 'addition' : 'subtraction';
  if (combined === undefined) {
    annotations.warn(`incompatible bucket layout encountered for binary operator ${op}`, source);
    return undefined;
  }
  if (combined.isResetConflict) {
    annotations.warn(`conflicting counter resets during histogram ${operation}`, source);
    return undefined;
  }
  if (combined.areBoundsReconciled) {
    annotations.inform(`mismatched custom buckets were reconciled during ${operation}`, source);
  }
  return gives(compactHistogram(combined.histogram));
}
