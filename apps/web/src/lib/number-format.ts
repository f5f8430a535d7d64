const WHOLE = new Intl.NumberFormat('en-US');
const COMPACT = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });
const PRECISE = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 6 });

/** `1,284,112`. */
export function formatCount(count: number): string {
  return WHOLE.format(count);
}

/** `1 log`, `1,284,112 logs`. */
export function formatLogCount(count: number): string {
  return `${formatCount(count)} ${count === 1 ? 'log' : 'logs'}`;
}

/** `1.3M`. */
export function formatCompact(value: number): string {
  return COMPACT.format(value);
}

/** A measured value with as many digits as help. */
export function formatValue(value: number): string {
  return Number.isFinite(value) ? PRECISE.format(value) : String(value);
}

/** `43 ms`, `1.25 s`. */
export function formatElapsed(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(2)} s`;
}

/** Decimal units, as disks and networks are sold. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const;
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${value < 10 && power > 0 ? value.toFixed(1) : Math.round(value)} ${units[power]}`;
}
