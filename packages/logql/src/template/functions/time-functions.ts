// https://grafana.com/docs/loki/latest/query/template_functions/#date-and-time

import { parseGoDuration } from '../../pipeline/convert/parse-go-duration.ts';
import { FunctionError, type TemplateFunction } from '../execute/template-function.ts';
import { formatLayout } from '../time/format-layout.ts';
import { GoTime, ZERO_TIME } from '../time/go-time.ts';
import { parseLayout } from '../time/parse-layout.ts';
import { UTC, type Zone, zoneOf } from '../time/zone.ts';
import type { Meter } from '../values/meter.ts';
import { parseInteger } from '../values/parse-number.ts';
import { quote } from '../values/quote.ts';
import { integerIn, type Value } from '../values/value.ts';
import { numberOf } from './number-of.ts';

/** Where functions ask what time it is. */
export interface Clock {
  /** Since 1970. */
  nowNanos(): bigint;
}

/** What it takes to write or to read a time, and to make a zone, in characters. */
const LAYOUT_COST = 512;
const ZONE_COST = 16_384;
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

function toDate(layout: string, zone: Zone, text: string, meter: Meter): GoTime {
  meter.charge(LAYOUT_COST);
  return parseLayout(layout, text, zone);
}

/** UTC for an unknown name. */
function knownZone(name: string, meter: Meter): Zone {
  return zoneOf(name, () => meter.charge(ZONE_COST)) ?? UTC;
}

function ofTime(call: (time: GoTime) => Value): TemplateFunction<Clock> {
  return { parameters: ['time.Time'], call: ([time]) => call(time instanceof GoTime ? time : ZERO_TIME) };
}

/** Nanoseconds rounded down to a unit. */
function unixIn(time: GoTime, unit: bigint): string {
  return String((time.unixSeconds * NANOS_PER_SECOND + BigInt(time.nanosecond)) / unit);
}

export const TIME_FUNCTIONS: readonly (readonly [string, TemplateFunction<Clock>])[] = [
  [
    'date',
    {
      parameters: ['string', 'any'],
      call: (args, call) => {
        call.charge(LAYOUT_COST);
        return date(args, call.context);
      },
    },
  ],
  ['duration', { parameters: ['string'], call: ([text]) => secondsOf(String(text)) }],
  ['duration_seconds', { parameters: ['string'], call: ([text]) => secondsOf(String(text)) }],
  ['now', { parameters: [], call: (_args, { context }) => timeOf(context.nowNanos()) }],
  [
    'toDate',
    {
      parameters: ['string', 'string'],
      call: ([layout, text], call) => toDate(String(layout), UTC, String(text), call),
    },
  ],
  [
    'toDateInZone',
    {
      parameters: ['string', 'string', 'string'],
      call: ([layout, zone, text], call) => toDate(String(layout), knownZone(String(zone), call), String(text), call),
    },
  ],
  ['unixEpoch', ofTime((time) => String(time.unixSeconds))],
  ['unixEpochMillis', ofTime((time) => unixIn(time, NANOS_PER_MILLISECOND))],
  ['unixEpochNanos', ofTime((time) => String(time.nanos))],
  ['unixToTime', { parameters: ['string'], call: ([text]) => unixToTime(String(text)) }],
];
