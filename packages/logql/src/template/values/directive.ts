import type { Meter } from './meter.ts';

/** `%[flags][width][.precision]verb` */
export interface Directive {
  readonly verb: string;
  readonly minus: boolean;
  readonly plus: boolean;
  readonly sharp: boolean;
  readonly space: boolean;
  readonly zero: boolean;
  readonly width: number | undefined;
  readonly precision: number | undefined;
  readonly meter: Meter;
}

/** `%v` */
export function plainDirective(meter: Meter): Directive {
  return {
    verb: 'v',
    minus: false,
    plus: false,
    sharp: false,
    space: false,
    zero: false,
    width: undefined,
    precision: undefined,
    meter,
  };
}

function characterCount(text: string): number {
  let count = text.length;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= 0xd800 && unit <= 0xdbff) {
      count--;
    }
  }
  return count;
}

/** Brings a text to its width, which counts characters. */
export function pad(text: string, { width, minus, zero, meter }: Directive): string {
  const missing = (width ?? 0) - characterCount(text);
  if (missing <= 0) {
    return text;
  }
  meter.charge(missing);
  return minus ? text + ' '.repeat(missing) : (zero ? '0' : ' ').repeat(missing) + text;
}

/** A precision counts characters of a text. */
export function truncate(text: string, precision: number | undefined): string {
  if (precision === undefined || text.length <= precision) {
    return text;
  }
  let end = 0;
  for (let count = 0; count < precision && end < text.length; count++) {
    end += (text.codePointAt(end) ?? 0) > 0xff_ff ? 2 : 1;
  }
  return text.slice(0, end);
}
