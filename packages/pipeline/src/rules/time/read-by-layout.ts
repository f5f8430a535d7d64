// How Go's time.Parse reads a text by a layout: https://pkg.go.dev/time#Parse
import { abbreviationOffset } from '@aegisguard/model';
import type { LayoutElement, LayoutPart } from './go-layout.ts';

/** What a text says of a time; a member that it says nothing of is absent. */
export interface ReadTime {
  year?: number;
  month?: number;
  day?: number;
  yearDay?: number;
  hour?: number;
  minute?: number;
  second?: number;
  nanos?: number;
  /** Seconds east of UTC. */
  offset?: number;
  isAfternoon?: boolean;
}

const MONTHS = 'january february march april may june july august september october november december'.split(' ');
const WEEKDAYS = 'sunday monday tuesday wednesday thursday friday saturday'.split(' ');
const ABBREVIATION_LENGTH = 3;
const NANOS_DIGITS = 9;
/** Two digits of a year from here on are of the last century. */
const LAST_CENTURY_FROM = 69;

/** What the text says by the layout; undefined when it is none of it. */
export function readByLayout(text: string, parts: readonly LayoutPart[]): ReadTime | undefined {
  const reader = new LayoutReader(text);
  for (const [at, part] of parts.entries()) {
    if (!reader.read(part, parts[at + 1])) {
      return undefined;
    }
  }
  return reader.isAtEnd ? reader.time : undefined;
}

class LayoutReader {
  readonly time: ReadTime = {};
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  get isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** False when the text has something else here. */
  read(part: LayoutPart, next: LayoutPart | undefined): boolean {
    switch (part.kind) {
      case 'text':
        return this.skip(part.text);
      case 'fraction':
        return this.readFraction(part.digits);
      case 'offset':
        return this.readOffset(part.form, part.hasZ);
      case 'element':
        return this.readElement(part.element, next);
    }
  }

  /** Blanks in a layout stand for any number of them. */
  private skip(text: string): boolean {
    for (let from = 0; from < text.length; from += 1) {
      if (text[from] === ' ') {
        if (!this.isAtEnd && this.text[this.at] !== ' ') {
          return false;
        }
        while (this.text[this.at] === ' ') {
          this.at += 1;
        }
        while (text[from + 1] === ' ') {
          from += 1;
        }
      } else if (this.text[this.at] === text[from]) {
        this.at += 1;
      } else {
        return false;
      }
    }
    return true;
  }

  private readElement(element: LayoutElement, next: LayoutPart | undefined): boolean {
    switch (element) {
      case 'month-name':
        return this.set('month', this.name(MONTHS) + 1, 1, 12);
      case 'month-abbreviation':
        return this.set('month', this.name(MONTHS.map(abbreviated)) + 1, 1, 12);
      case 'weekday-name':
        return this.name(WEEKDAYS) >= 0;
      case 'weekday-abbreviation':
        return this.name(WEEKDAYS.map(abbreviated)) >= 0;
      case 'zone-name':
        return this.readZone();
      case 'half':
      case 'lower-half':
        return this.readHalf(element === 'half' ? ['AM', 'PM'] : ['am', 'pm']);
      case 'second':
      case 'padded-second':
        return (
          this.set('second', this.number(element === 'second' ? 1 : 2, 2), 0, 59) &&
          (next?.kind === 'fraction' ||
            !/^[.,]\d/.test(this.text.slice(this.at, this.at + 2)) ||
            this.readFraction(undefined))
        );
      default:
        return this.readNumber(element);
    }
  }

  private readNumber(element: LayoutElement): boolean {
    switch (element) {
      case 'year':
        return this.set('year', this.number(4, 4), 0, 9999);
      case 'short-year': {
        const short = this.number(2, 2);
        return this.set('year', short + (short >= LAST_CENTURY_FROM ? 1900 : 2000), 1900, 2100);
      }
      case 'month':
      case 'padded-month':
        return this.set('month', this.number(element === 'month' ? 1 : 2, 2), 1, 12);
      case 'day':
      case 'blank-day':
      case 'padded-day':
        this.skipBlanks(element === 'blank-day' ? 1 : 0);
        return this.set('day', this.number(element === 'padded-day' ? 2 : 1, 2), 1, 31);
      case 'year-day':
      case 'blank-year-day':
        this.skipBlanks(element === 'blank-year-day' ? 2 : 0);
        return this.set('yearDay', this.number(element === 'year-day' ? 3 : 1, 3), 1, 366);
      case 'hour':
        return this.set('hour', this.number(1, 2), 0, 23);
      case 'hour12':
      case 'padded-hour12':
        return this.set('hour', this.number(element === 'hour12' ? 1 : 2, 2), 0, 12);
      default:
        return this.set('minute', this.number(element === 'minute' ? 1 : 2, 2), 0, 59);
    }
  }

  private set(member: Exclude<keyof ReadTime, 'isAfternoon'>, value: number, min: number, max: number): boolean {
    this.time[member] = value;
    return value >= min && value <= max;
  }

  private skipBlanks(max: number): void {
    for (let skipped = 0; skipped < max && this.text[this.at] === ' '; skipped += 1) {
      this.at += 1;
    }
  }

  /** NaN where there are too few digits. */
  private number(min: number, max: number): number {
    let end = this.at;
    while (end < this.at + max && isDigit(this.text.charCodeAt(end))) {
      end += 1;
    }
    const digits = this.text.slice(this.at, end);
    this.at = end;
    return digits.length < min ? Number.NaN : Number(digits);
  }

  /** The index of the name that stands here, -1 for none; case does not count. */
  private name(names: readonly string[]): number {
    const found = names.findIndex((name) => this.text.slice(this.at, this.at + name.length).toLowerCase() === name);
    this.at += names[found]?.length ?? 0;
    return found;
  }

  private readHalf([morning, afternoon]: readonly [string, string]): boolean {
    const half = this.text.slice(this.at, this.at + 2);
    this.at += 2;
    this.time.isAfternoon = half === afternoon;
    return half === morning || half === afternoon;
  }

  private readFraction(digits: number | undefined): boolean {
    const start = this.text[this.at];
    let end = this.at + 1;
    while (end <= this.at + NANOS_DIGITS && isDigit(this.text.charCodeAt(end))) {
      end += 1;
    }
    const found = this.text.slice(this.at + 1, end);
    if ((start !== '.' && start !== ',') || found === '') {
      return digits === undefined;
    }
    if (digits !== undefined && found.length < digits) {
      return false;
    }
    const used = found.slice(0, digits ?? NANOS_DIGITS);
    this.time.nanos = Number(used.padEnd(NANOS_DIGITS, '0'));
    this.at += 1 + used.length;
    return true;
  }

  /** A zone's abbreviation. Go takes those that it does not know for UTC; here they mean what they do for most. */
  private readZone(): boolean {
    const name = /^(?:[A-Z]{3,5}(?:[+-]\d{1,2})?|[+-]\d{2,4})/.exec(this.text.slice(this.at, this.at + 8))?.[0];
    if (name === undefined) {
      return false;
    }
    this.at += name.length;
    const [letters = '', signed = ''] = name.split(/(?=[+-])/);
    this.time.offset = (abbreviationOffset(letters) ?? 0) + Number(signed) * 3600;
    return true;
  }

  private readOffset(form: string, hasZ: boolean): boolean {
    if (hasZ && this.text[this.at] === 'Z') {
      this.at += 1;
      this.time.offset = 0;
      return true;
    }
    const text = this.text.slice(this.at, this.at + form.length + 1);
    const shape = new RegExp(`^[+-]${form.replaceAll(/\d\d/g, '(\\d\\d)')}$`);
    const found = shape.exec(text);
    if (found === null) {
      return false;
    }
    const [, hours = '0', minutes = '0', seconds = '0'] = found;
    const offset = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
    this.time.offset = text.startsWith('-') ? -offset : offset;
    this.at += text.length;
    return Number(hours) <= 24 && Number(minutes) < 60 && Number(seconds) < 60;
  }
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function abbreviated(name: string): string {
  return name.slice(0, ABBREVIATION_LENGTH);
}
