// https://opentelemetry.io/docs/specs/otel/logs/data-model/#field-severitynumber

/** First severity number of each range of four, and the names by which loggers call it. Tables of log4j, syslog, Python, .NET, zap, winston, pino, java.util.logging. */
const NAMES: readonly (readonly [severityNumber: number, names: readonly string[]])[] = [
  [1, ['trace', 'trc', 'verbose', 'vrb', 'verb', 'finest', 'finer', 'all', 'silly', 't', 'v']],
  [5, ['debug', 'dbg', 'dbug', 'fine', 'd']],
  [9, ['info', 'information', 'informational', 'inf', 'log', 'http', 'default', 'config', 'ok', 'success', 'i']],
  [10, ['notice', 'note', 'n']],
  [13, ['warn', 'warning', 'wrn', 'w']],
  [17, ['error', 'err', 'eror', 'severe', 'fail', 'failed', 'failure', 'e']],
  [21, ['fatal', 'ftl', 'critical', 'crit', 'crt', 'c', 'f']],
  [22, ['alert', 'a']],
  [23, ['panic', 'dpanic']],
  [24, ['emergency', 'emerg', 'emrg']],
];

/** OpenTelemetry's short names: `INFO2` is the second of INFO's four numbers. */
const SHORT_NAMES = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;

/** Lower-case name → severity number. */
const NUMBER_OF_NAME: ReadonlyMap<string, number> = new Map([
  ...NAMES.flatMap(([severityNumber, names]) => names.map((name) => [name, severityNumber] as const)),
  ...SHORT_NAMES.flatMap((name, range) => [2, 3, 4].map((nth) => [`${name}${nth}`, range * 4 + nth] as const)),
]);

const LENGTH_MAX = 32;
const DECORATION = /^[^a-z0-9]+|[^a-z0-9]+$/g;
const NUMBER_TEXT = /^(?:[1-9]|1\d|2[0-4])$/;

/** The severity number that a level's text stands for, 0 when it stands for none: names in any case, in brackets or before a colon, and 1–24 as digits. */
export function severityNumberOf(text: string): number {
  if (text.length > LENGTH_MAX) {
    return 0;
  }
  const name = text.toLowerCase();
  const direct = NUMBER_OF_NAME.get(name);
  if (direct !== undefined) {
    return direct;
  }
  const bare = name.replace(DECORATION, '');
  return NUMBER_OF_NAME.get(bare) ?? (NUMBER_TEXT.test(bare) ? Number(bare) : 0);
}
