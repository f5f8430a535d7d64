// Methods of Go's time.Time: https://pkg.go.dev/time#Time

import type { TemplateFunction } from '../execute/template-function.ts';
import { int64 } from '../values/typed-integer.ts';
import type { Value } from '../values/value.ts';
import { formatLayout } from './format-layout.ts';
import { GoTime, ZERO_TIME } from './go-time.ts';
import { UTC } from './zone.ts';

/** A method as a function whose first argument is the time. */
function method(
  parameters: TemplateFunction<unknown>['parameters'],
  of: (time: GoTime, args: readonly Value[]) => Value,
): TemplateFunction<unknown> {
  return {
    parameters,
    call: ([time, ...args]) => (time instanceof GoTime ? of(time, args) : undefined),
  };
}

function element(layout: string): TemplateFunction<unknown> {
  return method([], (time) => BigInt(formatLayout(time, layout)));
}

function compared(isSo: (a: bigint, b: bigint) => boolean): TemplateFunction<unknown> {
  return method(['time.Time'], (time, [other]) => other instanceof GoTime && isSo(time.nanos, other.nanos));
}

/** Those that give what a template can print. Their parameters are those behind the time. */
export const TIME_METHODS: ReadonlyMap<string, TemplateFunction<unknown>> = new Map([
  ['After', compared((a, b) => a > b)],
  ['Before', compared((a, b) => a < b)],
  ['Day', element('2')],
  ['Equal', compared((a, b) => a === b)],
  ['Format', method(['string'], (time, [layout]) => formatLayout(time, String(layout)))],
  ['Hour', element('15')],
  ['IsZero', method([], (time) => time.nanos === ZERO_TIME.nanos)],
  ['Local', method([], (time) => new GoTime(time.nanos, UTC))],
  ['Minute', element('4')],
  ['Month', method([], (time) => formatLayout(time, 'January'))],
  ['Nanosecond', method([], (time) => BigInt(time.nanosecond))],
  ['Second', element('5')],
  ['String', method([], String)],
  ['Unix', method([], (time) => int64(time.unixSeconds))],
  ['UnixMicro', method([], (time) => int64(time.unixSeconds * 1_000_000n + BigInt(time.nanosecond) / 1000n))],
  ['UnixMilli', method([], (time) => int64(time.unixSeconds * 1000n + BigInt(time.nanosecond) / 1_000_000n))],
  ['UnixNano', method([], (time) => int64(time.nanos))],
  ['UTC', method([], (time) => new GoTime(time.nanos, UTC))],
  ['Weekday', method([], (time) => formatLayout(time, 'Monday'))],
  ['Year', element('2006')],
  ['YearDay', element('002')],
]);
