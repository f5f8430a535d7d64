import { FunctionError } from '../execute/template-function.ts';

/** Digits behind the point that a division gives. */
const DIVISION_DIGITS = 16;

/** A number in decimal: `digits` · 10^`exponent`. In it, 0.1 + 0.2 is 0.3. */
export interface Decimal {
  readonly digits: bigint;
  readonly exponent: number;
}

/** The decimal that is written with the fewest digits. */
export function decimalOf(value: number): Decimal {
  if (!Number.isFinite(value)) {
    throw new FunctionError(
      `Cannot create a Decimal from ${value === Number.POSITIVE_INFINITY ? '+Inf' : Number.isNaN(value) ? 'NaN' : '-Inf'}`,
    );
  }
  const [mantissa = '0', power = '0'] = value.toExponential().split('e');
  const fraction = mantissa.split('.')[1]?.length ?? 0;
  return { digits: BigInt(mantissa.replace('.', '')), exponent: Number(power) - fraction };
}

export function floatOf({ digits, exponent }: Decimal): number {
  return Number(`${digits}e${exponent}`);
}

function digitsAt({ digits, exponent }: Decimal, target: number): bigint {
  return digits * 10n ** BigInt(exponent - target);
}

export function addDecimals(a: Decimal, b: Decimal): Decimal {
  const exponent = Math.min(a.exponent, b.exponent);
  return { digits: digitsAt(a, exponent) + digitsAt(b, exponent), exponent };
}

export function subtractDecimals(a: Decimal, b: Decimal): Decimal {
  return addDecimals(a, { digits: -b.digits, exponent: b.exponent });
}

export function multiplyDecimals(a: Decimal, b: Decimal): Decimal {
  return { digits: a.digits * b.digits, exponent: a.exponent + b.exponent };
}

/** Rounded half away from zero. */
export function divideDecimals(a: Decimal, b: Decimal): Decimal {
  if (b.digits === 0n) {
    throw new FunctionError('decimal division by 0');
  }
  const shift = a.exponent - b.exponent + DIVISION_DIGITS;
  const dividend = shift >= 0 ? a.digits * 10n ** BigInt(shift) : a.digits;
  const divisor = shift >= 0 ? b.digits : b.digits * 10n ** BigInt(-shift);
  const quotient = dividend / divisor;
  const rest = dividend % divisor;
  const doubled = 2n * (rest < 0n ? -rest : rest);
  const isUp = doubled >= (divisor < 0n ? -divisor : divisor);
  const step = dividend < 0n === divisor < 0n ? 1n : -1n;
  return { digits: isUp ? quotient + step : quotient, exponent: -DIVISION_DIGITS };
}
