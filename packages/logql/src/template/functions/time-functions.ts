// https://grafana.com/docs/loki/latest/query/template_functions/#date-and-time

import { parseGoDuration } from '../../pipeline/convert/parse-go-duration.ts';
import { FunctionError, type TemplateFunction } from '../execute/template-function.ts';
import { formatLayout } from '../time/format-layout.ts';
import { GoTime, ZERO_TIME } from '../time/go-time.ts';
import { parseLayout } from '../time/parse-layout.ts';
import { UTC, type Zone, zoneOf } from '../time/zone.ts';
import { parseInteger } from '../values/parse-number.ts';
import { quote } from '../values/quote.ts';
import { integerIn, type Value } from '../values/value.ts';
import { numberOf } from './number-of.ts';

/** Where functions ask what time it is. */
export interface Clock {
  /** Since 1970. */
  nowNanos(): bigint;
}

const NANOS_PER_SECOND = 1_000_000_000n;
const NANOS_PER_MILLISECOND = 1_000_000n;
/** How many nanoseconds a number of so many digits counts: days, seconds, milliseconds, microseconds. */
const UNIX_UNITS: ReadonlyMap<number, bigint> = new Map([
  [5, 86_400n * NANOS_PER_SECOND],
  [10, NANOS_PER_SECOND],
  [13, NANOS_PER_MILLISECOND],
  [16, 1000n],
  [19, 1n],
]);

function timeOf(nanos: bigint, zone: Zone = UTC): GoTime {
  return new GoTime(nanos, zone);
}

/** A time or a number of seconds; now for anything else, as sprig has it. */
function date([layout, value]: readonly Value[], clock: Clock): string {
  const seconds = integerIn(value);
  const time =
    value instanceof GoTime
      ? timeOf(value.nanos)
      : timeOf(seconds === undefined ? clock.nowNanos() : seconds * NANOS_PER_SECOND);
  return formatLayout(time, String(layout));
}

function secondsOf(text: string): number {
  return numberOf(parseGoDuration(text)) / Number(NANOS_PER_SECOND);
}

/** The unit is guessed by the number of digits. */
function unixToTime(text: string): GoTime {
  const number = parseInteger(text, false);
  if (number === undefined) {
    throw new FunctionError(`unable to parse time '${text}': strconv.ParseInt: parsing ${quote(text)}: invalid syntax`);
  }
  const unit = UNIX_UNITS.get(text.length);
  if (unit === undefined) {
    throw new FunctionError(`unable to parse time '${text}'`);
  }
  return timeOf(number * unit);
}

function ofTime(call: (time: GoTime) => Value): TemplateFunction<Clock> {
  return { parameters: ['time.Time'], call: ([time]) => call(time instanceof GoTime ? time : ZERO_TIME) };
}

/** Nanoseconds rounded down to a unit. */
function unixIn(time: GoTime, unit: bigint): string {
  return String((time.unixSeconds * NANOS_PER_SECOND + BigInt(time.nanosecond)) / unit);
}

export const TIME_FUNCTIONS: readonly (readonly [string, TemplateFunction<Clock>])[] = [
  ['date', { parameters: ['string', 'any'], call: (args, { context }) => date(args, context) }],
  ['duration', { parameters: ['string'], call: ([text]) => secondsOf(String(text)) }],
  ['duration_seconds', { parameters: ['string'], call: ([text]) => secondsOf(String(text)) }],
  ['now', { parameters: [], call: (_args, { context }) => timeOf(context.nowNanos()) }],
  [
    'toDate',
    { parameters: ['string', 'string'], call: ([layout, text]) => parseLayout(String(layout), String(text), UTC) },
  ],
  [
    'toDateInZone',
    {
      parameters: ['string', 'string', 'string'],
      call: ([layout, zone, text]) => parseLayout(String(layout), String(text), zoneOf(String(zone)) ?? UTC),
    },
  ],
  ['unixEpoch', ofTime((time) => String(time.unixSeconds))],
  ['unixEpochMillis', ofTime((time) => unixIn(time, NANOS_PER_MILLISECOND))],
  ['unixEpochNanos', ofTime((time) => String(time.nanos))],
  ['unixToTime', { parameters: ['string'], call: ([text]) => unixToTime(String(text)) }],
];
