import { UNITS, type Unit, type UnitStep, unitOf } from './units.ts';

/** Digits after the point that help, at three or four significant ones. */
function usefulDecimals(value: number): number {
  const size = Math.abs(value);
  return size >= 100 || size === 0 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
}

function stepFor({ steps }: Unit, size: number): UnitStep {
  const reached = steps.findLast((step) => size >= step.size);
  // Numbers below one keep their unit; a scale that begins lower has been reached already.
  return reached ?? steps[0] ?? { size: 1, suffix: '' };
}

function written(value: number, decimals: number | null): string {
  if (decimals !== null) {
    return value.toFixed(decimals);
  }
  if (value !== 0 && Math.abs(value) < 0.001) {
    return value.toExponential(1);
  }
  return String(Number(value.toFixed(usefulDecimals(value))));
}

/** A value in its unit: `1.5 GiB`, `250 ms`, `12.3%`. `decimals` null: as many as help. */
export function formatUnit(value: number | null, unit: string, decimals: number | null = null): string {
  if (value === null || Number.isNaN(value)) {
    return value === null ? '–' : 'NaN';
  }
  if (!Number.isFinite(value)) {
    return value > 0 ? '+Inf' : '-Inf';
  }
  const known = unitOf(unit) ?? UNITS[0];
  if (known === undefined) {
    return String(value);
  }
  if (known.id === 'bool') {
    return value === 0 ? 'no' : 'yes';
  }
  const isWhole = known.id === 'count' && decimals === null;
  // Zero has no size; it is written in the unit itself.
  const base = known.steps.find(({ size }) => size === 1) ?? known.steps[0];
  const first = value === 0 && base !== undefined ? base : stepFor(known, Math.abs(value));
  const step = roundedUp(known, first, value, decimals);
  const scaled = value / step.size;
  return `${isWhole ? Math.round(scaled).toLocaleString('en-US') : written(scaled, decimals)}${step.suffix}`;
}

/** 999.96 K is written 1 M: what rounding lifts to the next step belongs there. */
function roundedUp({ steps }: Unit, step: UnitStep, value: number, decimals: number | null): UnitStep {
  const next = steps[steps.indexOf(step) + 1];
  return next !== undefined &&
    value !== 0 &&
    Math.abs(Number(written(value / step.size, decimals))) * step.size >= next.size
    ? next
    : step;
}

/** Distances between the marks of an axis, where decimal ones would be crooked: powers of two for IEC units. */
export function unitIncrements(unit: string): number[] | undefined {
  const isBinary = unitOf(unit)?.steps.some(({ suffix }) => /[KMG]i/.test(suffix)) ?? false;
  return isBinary ? Array.from({ length: 60 }, (_, power) => 2 ** power) : undefined;
}
