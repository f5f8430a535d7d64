import type { LabelMatcher } from '@aegisguard/model';
import type { DurationExpression } from '../ast/duration-expression.ts';
import type { MatrixSelector } from '../ast/matrix-selector.ts';
import type { Subquery } from '../ast/subquery.ts';
import type { AtModifier, VectorSelector } from '../ast/vector-selector.ts';
import { NUMBER_WORDS, RESERVED_WORDS } from '../token.ts';
import { printDuration } from './print-duration.ts';
import { printLabelName } from './print-label-name.ts';
import { quote } from './quote.ts';

const NAME = '__name__';
const PLAIN_NAME = /^[A-Za-z_:][A-Za-z0-9_:]*$/;
const MS_PER_SECOND = 1000;
const MS_DIGITS = 3;

function printAt(at: AtModifier | undefined): string {
  if (at === undefined) {
    return '';
  }
  if (typeof at === 'string') {
    return ` @ ${at}()`;
  }
  // Digit by digit: the quotient of a large time does not have all its ms.
  const [whole, rest] = [Math.trunc(Math.abs(at) / MS_PER_SECOND), Math.abs(at) % MS_PER_SECOND];
  return ` @ ${at < 0 ? '-' : ''}${whole}.${String(rest).padStart(MS_DIGITS, '0')}`;
}

function printOffset(offset: DurationExpression | undefined): string {
  return offset === undefined ? '' : ` offset ${printDuration(offset)}`;
}

function printExtension({ extension }: VectorSelector): string {
  return extension === undefined ? '' : ` ${extension}`;
}

function isPlainName(name: string): boolean {
  const word = name.toLowerCase();
  return PLAIN_NAME.test(name) && !RESERVED_WORDS.has(word) && !NUMBER_WORDS.has(word);
}

/** Name and matchers; the matchers in their order of bytes, which leaves the answer as it is. */
function printMatchers({ name, matchers }: VectorSelector): string {
  const before = name !== undefined && isPlainName(name) ? name : '';
  const isSaid = (matcher: LabelMatcher): boolean =>
    before !== '' && matcher.name === NAME && matcher.op === '=' && matcher.value === before;
  const inside = matchers
    .filter((matcher) => !isSaid(matcher))
    .map((matcher) => `${printLabelName(matcher.name)}${matcher.op}${quote(matcher.value)}`)
    .sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
  return inside.length === 0 && before !== '' ? before : `${before}{${inside.join(',')}}`;
}

/** `foo{a="b"} offset 5m`. */
export function printVectorSelector(selector: VectorSelector): string {
  return printMatchers(selector) + printAt(selector.at) + printExtension(selector) + printOffset(selector.offset);
}

/** `foo{a="b"}[5m] offset 5m`. */
export function printMatrixSelector({ selector, range }: MatrixSelector): string {
  const modifiers = printExtension(selector) + printAt(selector.at) + printOffset(selector.offset);
  return `${printMatchers(selector)}[${printDuration(range)}]${modifiers}`;
}

/** `[30m:1m] offset 5m`, what stands behind a subquery's expression. */
export function printSubquerySuffix({ range, step, at, offset }: Subquery): string {
  const printedStep = step === undefined ? '' : printDuration(step);
  return `[${printDuration(range)}:${printedStep}]${printAt(at)}${printOffset(offset)}`;
}
