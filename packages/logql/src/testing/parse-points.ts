import type { ScriptPoint } from './script-command.ts';

const NUMBER = String.raw`(?:inf|nan|(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)`;
const POINT = new RegExp(`^(?<base>[-+]?${NUMBER})(?:(?:(?<sign>[-+])(?<step>${NUMBER}))?x(?<times>\\d+))?$`, 'i');
const GAPS = /^_(?:x(\d+))?$/;

/** A number, or undefined for what is none. */
export function parseScriptNumber(text: string): number | undefined {
  if (!new RegExp(`^[-+]?${NUMBER}$`, 'i').test(text)) {
    return;
  }
  const size = text.replace(/^[-+]/, '').toLowerCase();
  const value = size === 'inf' ? Number.POSITIVE_INFINITY : Number(size === 'nan' ? Number.NaN : size);
  return text.startsWith('-') ? -value : value;
}

/** `1 2 _ 4x3 0+10x5`; throws for what is none. */
export function parsePoints(text: string): ScriptPoint[] {
  return text.split(/\s+/).flatMap((word): ScriptPoint[] => {
    const gaps = GAPS.exec(word);
    if (gaps !== null) {
      return new Array<ScriptPoint>(Number(gaps[1] ?? 1)).fill(undefined);
    }
    const { base = '', sign = '+', step = '0', times = '0' } = POINT.exec(word)?.groups ?? {};
    const first = parseScriptNumber(base);
    if (first === undefined) {
      throw new Error(`no point: ${word}`);
    }
    const increment = (parseScriptNumber(step) ?? 0) * (sign === '-' ? -1 : 1);
    return Array.from({ length: Number(times) + 1 }, (_, at) => (increment === 0 ? first : first + at * increment));
  });
}
