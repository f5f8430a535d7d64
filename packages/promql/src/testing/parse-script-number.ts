import { parseDuration } from '@aegisguard/model';

const DECIMAL = /^(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i;
const NANOS_PER_SECOND = 1e9;
const NANOS_PER_MS = 1e6;

/** A number of a script, with its sign: decimal, `Inf`, `NaN`, or a duration in seconds. */
export function parseScriptNumber(text: string): number {
  const sign = text.startsWith('-') ? -1 : 1;
  const digits = text.replace(/^[-+]/, '');
  switch (digits.toLowerCase()) {
    case 'inf':
      return sign * Number.POSITIVE_INFINITY;
    case 'nan':
      return Number.NaN;
    default:
  }
  if (DECIMAL.test(digits)) {
    return sign * Number(digits);
  }
  return (sign * nanosOf(digits)) / NANOS_PER_SECOND;
}

/** A duration of a script in ms. */
export function parseScriptDuration(text: string): number {
  return text === '0' ? 0 : nanosOf(text) / NANOS_PER_MS;
}

function nanosOf(text: string): number {
  const nanos = parseDuration(text);
  if (nanos === undefined) {
    throw new Error(`neither a number nor a duration: ${text}`);
  }
  return Number(nanos);
}
