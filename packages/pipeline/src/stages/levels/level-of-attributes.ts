import type { JsonObject, JsonValue } from '@aegisguard/model';
import { severityNumberOf } from '../severity-names.ts';

/** What a level is called, the surest name first: OpenTelemetry's, what loggers write, what is at times something else. Each also in other spellings. */
const NAMES: readonly (readonly string[])[] = [
  ['severity_number', 'severityNumber', 'SeverityNumber'],
  ['severity_text', 'severityText', 'SeverityText', 'log.level', 'log_level', 'logLevel', 'loglevel', 'LogLevel'],
  [
    'level',
    'Level',
    'LEVEL',
    'lvl',
    'LVL',
    'severity',
    'Severity',
    'SEVERITY',
    '@l',
    '@level',
    'levelname',
    'level_name',
  ],
  ['levelno', 'PRIORITY', 's'],
];
const RANK_OF_NAME: ReadonlyMap<string, number> = new Map(
  NAMES.flatMap((names, rank) => names.map((name) => [name, rank] as const)),
);

/** OpenTelemetry's number of each syslog severity, 0 to 7. https://www.rfc-editor.org/rfc/rfc5424#section-6.2.1 */
const NUMBER_OF_SYSLOG = [24, 22, 21, 17, 13, 10, 9, 5];
const TRACE = 1;
const DEBUG = 5;
const INFO = 9;
const WARN = 13;
const ERROR = 17;
const FATAL = 21;

/** The number of a syslog severity, 0 for what is none. */
export function severityOfSyslog(severity: number): number {
  return NUMBER_OF_SYSLOG[severity] ?? 0;
}

/** By tens from 10: pino's and bunyan's levels. */
const NUMBER_OF_PINO = [TRACE, DEBUG, INFO, WARN, ERROR, FATAL];
/** By tens from 10: those of Python's logging. */
const NUMBER_OF_PYTHON = [DEBUG, INFO, WARN, ERROR, FATAL];

function ofTens(numbers: readonly number[], level: number): number {
  return level % 10 === 0 ? (numbers[level / 10 - 1] ?? 0) : 0;
}

/** A number among the attributes means what its name, or the company it is in, says. */
function ofNumber(attributes: JsonObject, name: string, value: number): number {
  if (RANK_OF_NAME.get(name) === 0) {
    return Number.isInteger(value) && value >= 1 && value <= 24 ? value : 0;
  }
  switch (name) {
    case 'levelno':
      return ofTens(NUMBER_OF_PYTHON, value);
    case 'PRIORITY':
      return severityOfSyslog(value);
    case 'level':
      // GELF has syslog's severities.
      return Object.hasOwn(attributes, 'short_message') ? severityOfSyslog(value) : ofTens(NUMBER_OF_PINO, value);
    default:
      return 0;
  }
}

/** The level that a member gives, 0 when it gives none. */
function ofMember(attributes: JsonObject, name: string, value: JsonValue | undefined): number {
  if (typeof value === 'number') {
    return ofNumber(attributes, name, value);
  }
  if (typeof value !== 'string') {
    return 0;
  }
  if (name === 's') {
    // MongoDB: `{"t":…,"s":"I","c":"NETWORK","ctx":…}`.
    return Object.hasOwn(attributes, 'c') && Object.hasOwn(attributes, 'ctx') ? severityNumberOf(value) : 0;
  }
  return name === 'PRIORITY' && value.length === 1 ? severityOfSyslog(Number(value)) : severityNumberOf(value);
}

/** A level that was found: its number, and its text when it was one. */
export interface FoundLevel {
  readonly severityNumber: number;
  readonly text: string;
}

/** The level that attributes give, sent or lifted; `undefined` when they give none. */
export function levelOfAttributes(attributes: JsonObject): FoundLevel | undefined {
  let best = NAMES.length;
  let found: FoundLevel | undefined;
  for (const name in attributes) {
    const rank = RANK_OF_NAME.get(name);
    if (rank !== undefined && rank < best) {
      const value = attributes[name];
      const severityNumber = ofMember(attributes, name, value);
      if (severityNumber !== 0) {
        best = rank;
        found = { severityNumber, text: typeof value === 'string' ? value : '' };
      }
    }
  }
  return found ?? levelOfNested(attributes);
}

/** ECS: `{log: {level}}`. Serilog leaves `@l` out when it is Information. */
function levelOfNested(attributes: JsonObject): FoundLevel | undefined {
  const log = Object.hasOwn(attributes, 'log') ? attributes.log : undefined;
  if (typeof log === 'object' && log !== null && !Array.isArray(log) && Object.hasOwn(log, 'level')) {
    const severityNumber = ofMember(log, 'level', log.level);
    if (severityNumber !== 0) {
      return { severityNumber, text: typeof log.level === 'string' ? log.level : '' };
    }
  }
  const isSerilog =
    Object.hasOwn(attributes, '@t') && (Object.hasOwn(attributes, '@mt') || Object.hasOwn(attributes, '@m'));
  return isSerilog ? { severityNumber: INFO, text: '' } : undefined;
}
