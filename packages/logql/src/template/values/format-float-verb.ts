// Verbs for floating point numbers: https://pkg.go.dev/fmt

import { type Directive, pad } from './directive.ts';
import { formatExponent, formatFixed, formatGeneral, PRECISION_MAX, withPoint } from './format-float.ts';

/** `#` adds a point; of `%g`, also the zeros that are left out without it. */
function floatDigits(value: number, directive: Directive): string | undefined {
  const { verb, precision, sharp } = directive;
  const digits = plainFloatDigits(value, directive);
  if (!sharp || verb === 'v' || digits === undefined || !Number.isFinite(value)) {
    return digits;
  }
  return withPoint(digits, verb === 'g' || verb === 'G' ? Math.min(precision ?? 6, PRECISION_MAX) : 0);
}

function plainFloatDigits(value: number, { verb, precision }: Directive): string | undefined {
  switch (verb) {
    case 'v':
    case 'g':
      return formatGeneral(value, precision);
    case 'G':
      return formatGeneral(value, precision).toUpperCase();
    case 'f':
    case 'F':
      return formatFixed(value, precision ?? 6);
    case 'e':
      return formatExponent(value, precision ?? 6);
    case 'E':
      return formatExponent(value, precision ?? 6).toUpperCase();
    default:
      return;
  }
}

/** A floating point number; undefined for a verb that has none. */
export function formatFloat(value: number, directive: Directive): string | undefined {
  const { plus, space, zero, minus, width, meter } = directive;
  meter.charge(width ?? 0);
  const digits = floatDigits(value, directive);
  if (digits === undefined) {
    return;
  }
  if (!Number.isFinite(value)) {
    return pad(Number.isNaN(value) && (plus || space) ? `+${digits}` : digits, { ...directive, zero: false });
  }
  const isNegative = digits.startsWith('-');
  const sign = isNegative ? '-' : plus ? '+' : space ? ' ' : '';
  const magnitude = isNegative ? digits.slice(1) : digits;
  return zero && !minus ? sign + magnitude.padStart((width ?? 0) - sign.length, '0') : pad(sign + magnitude, directive);
}
