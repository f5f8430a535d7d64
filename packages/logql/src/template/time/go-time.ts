import { formatLayout } from './format-layout.ts';
import { UTC, type Zone } from './zone.ts';

const NANOS_PER_SECOND = 1_000_000_000n;
/** Of January 1 of the year 1. */
const ZERO_SECONDS = -62_135_596_800n;
const STRING_LAYOUT = '2006-01-02 15:04:05.999999999 -0700 MST';

/** A point in time, shown in a zone; https://pkg.go.dev/time#Time */
export class GoTime {
  /** Since 1970. */
  readonly nanos: bigint;
  readonly zone: Zone;

  constructor(nanos: bigint, zone: Zone) {
    this.nanos = nanos;
    this.zone = zone;
  }

  /** Whole seconds since 1970, rounded down. */
  get unixSeconds(): bigint {
    const seconds = this.nanos / NANOS_PER_SECOND;
    return this.nanos % NANOS_PER_SECOND < 0n ? seconds - 1n : seconds;
  }

  /** Of the second, from 0. */
  get nanosecond(): number {
    return Number(this.nanos - this.unixSeconds * NANOS_PER_SECOND);
  }

  toString(): string {
    return formatLayout(this, STRING_LAYOUT);
  }
}

/** What Go gives beside an error. */
export const ZERO_TIME = new GoTime(ZERO_SECONDS * NANOS_PER_SECOND, UTC);

/** A date and a time of day in a zone as seconds since 1970; where clocks are put forward, an hour that does not exist is read with the offset before. */
export function unixSecondsOf(localSeconds: number, zone: Zone): number {
  const { seconds } = zone.offsetAt(localSeconds);
  const guess = localSeconds - seconds;
  const { seconds: there } = zone.offsetAt(guess);
  return there === seconds ? guess : localSeconds - there;
}
