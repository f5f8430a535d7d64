/** How a unit is written: by a scale of prefixes, or as a plain number with something behind it. */
export interface Unit {
  /** As the API of dashboards keeps it. */
  readonly id: string;
  /** As it is offered. */
  readonly name: string;
  readonly group: string;
  /** From the smallest; the largest step that the value reaches is taken. */
  readonly steps: readonly UnitStep[];
  /** Grafana's ids of the same: https://github.com/grafana/grafana/blob/main/packages/grafana-data/src/valueFormats/categories.ts */
  readonly grafana: readonly string[];
}

/** One step of a scale: values from `size` on are divided by it. */
export interface UnitStep {
  readonly size: number;
  readonly suffix: string;
}

const plain = (suffix: string): readonly UnitStep[] => [{ size: 1, suffix }];

function scaled(prefixes: readonly string[], base: number, suffix: string, smallest = 0): readonly UnitStep[] {
  return prefixes.map((prefix, index) => ({ size: base ** (index + smallest), suffix: `${prefix}${suffix}` }));
}

const SI = ['', 'k', 'M', 'G', 'T', 'P', 'E'];
const IEC = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const SHORT: readonly UnitStep[] = ['', 'K', 'M', 'B', 'T'].map((suffix, index) => ({ size: 1000 ** index, suffix }));
const DURATION: readonly UnitStep[] = [
  { size: 1e-9, suffix: ' ns' },
  { size: 1e-6, suffix: ' µs' },
  { size: 1e-3, suffix: ' ms' },
  { size: 1, suffix: ' s' },
  { size: 60, suffix: ' min' },
  { size: 3600, suffix: ' h' },
  { size: 86_400, suffix: ' d' },
];

/** A scale of a unit that is `seconds` long. */
function durations(seconds: number): readonly UnitStep[] {
  return DURATION.map(({ size, suffix }) => ({ size: size / seconds, suffix }));
}

function rate(id: string, name: string, suffix: string, grafana: readonly string[] = []): Unit {
  const steps = SHORT.map((step) => ({ size: step.size, suffix: `${step.suffix} ${suffix}` }));
  return { id, name, group: 'Throughput', steps, grafana };
}

/** All units that values can be shown in. The first is what is meant without one. */
export const UNITS: readonly Unit[] = [
  { id: '', name: 'Number', group: 'Numbers', steps: SHORT, grafana: ['none', 'sishort'] },
  { id: 'short', name: 'Number, short', group: 'Numbers', steps: SHORT, grafana: [] },
  { id: 'count', name: 'Number, whole', group: 'Numbers', steps: plain(''), grafana: ['locale', 'string'] },
  { id: 'percent', name: 'Percent (0–100)', group: 'Numbers', steps: plain('%'), grafana: ['percent', 'humidity'] },
  { id: 'percentunit', name: 'Percent (0–1)', group: 'Numbers', steps: [{ size: 0.01, suffix: '%' }], grafana: [] },
  { id: 'seconds', name: 'Seconds', group: 'Time', steps: durations(1), grafana: ['s', 'dtdurations', 'clocks'] },
  { id: 'ms', name: 'Milliseconds', group: 'Time', steps: durations(1e-3), grafana: ['dtdurationms', 'clockms'] },
  { id: 'us', name: 'Microseconds', group: 'Time', steps: durations(1e-6), grafana: ['µs'] },
  { id: 'ns', name: 'Nanoseconds', group: 'Time', steps: durations(1e-9), grafana: [] },
  { id: 'minutes', name: 'Minutes', group: 'Time', steps: durations(60), grafana: ['m'] },
  { id: 'hours', name: 'Hours', group: 'Time', steps: durations(3600), grafana: ['h'] },
  { id: 'days', name: 'Days', group: 'Time', steps: durations(86_400), grafana: ['d'] },
  { id: 'bytes', name: 'Bytes (IEC)', group: 'Data', steps: scaled(IEC, 1024, 'B').map(spaced), grafana: [] },
  { id: 'decbytes', name: 'Bytes (SI)', group: 'Data', steps: scaled(SI, 1000, 'B').map(spaced), grafana: [] },
  { id: 'bits', name: 'Bits', group: 'Data', steps: scaled(SI, 1000, 'b').map(spaced), grafana: ['decbits'] },
  { id: 'kbytes', name: 'Kibibytes', group: 'Data', steps: scaled(IEC.slice(1), 1024, 'B').map(spaced), grafana: [] },
  { id: 'mbytes', name: 'Mebibytes', group: 'Data', steps: scaled(IEC.slice(2), 1024, 'B').map(spaced), grafana: [] },
  { id: 'gbytes', name: 'Gibibytes', group: 'Data', steps: scaled(IEC.slice(3), 1024, 'B').map(spaced), grafana: [] },
  {
    id: 'binBps',
    name: 'Bytes (IEC) per second',
    group: 'Throughput',
    steps: scaled(IEC, 1024, 'B/s').map(spaced),
    grafana: [],
  },
  {
    id: 'Bps',
    name: 'Bytes (SI) per second',
    group: 'Throughput',
    steps: scaled(SI, 1000, 'B/s').map(spaced),
    grafana: [],
  },
  {
    id: 'bps',
    name: 'Bits per second',
    group: 'Throughput',
    steps: scaled(SI, 1000, 'b/s').map(spaced),
    grafana: ['binbps'],
  },
  rate('ops', 'Operations per second', 'ops/s'),
  rate('reqps', 'Requests per second', 'req/s'),
  rate('rps', 'Reads per second', 'reads/s'),
  rate('wps', 'Writes per second', 'writes/s'),
  rate('iops', 'I/O operations per second', 'IO/s'),
  rate('pps', 'Packets per second', 'packets/s'),
  rate('eps', 'Events per second', 'events/s', ['cps', 'mps', 'recps']),
  rate('opm', 'Operations per minute', 'ops/min', ['cpm', 'rpm', 'wpm', 'reqpm']),
  { id: 'hertz', name: 'Hertz', group: 'Other', steps: scaled(SI, 1000, 'Hz').map(spaced), grafana: ['rothz'] },
  { id: 'celsius', name: 'Celsius', group: 'Other', steps: plain(' °C'), grafana: [] },
  { id: 'fahrenheit', name: 'Fahrenheit', group: 'Other', steps: plain(' °F'), grafana: [] },
  { id: 'watt', name: 'Watts', group: 'Other', steps: scaled(SI, 1000, 'W').map(spaced), grafana: [] },
  { id: 'volt', name: 'Volts', group: 'Other', steps: scaled(SI, 1000, 'V').map(spaced), grafana: [] },
  {
    id: 'currencyUSD',
    name: 'US dollars',
    group: 'Other',
    steps: SHORT.map((step) => ({ ...step, suffix: `${step.suffix} $` })),
    grafana: [],
  },
  {
    id: 'currencyEUR',
    name: 'Euros',
    group: 'Other',
    steps: SHORT.map((step) => ({ ...step, suffix: `${step.suffix} €` })),
    grafana: [],
  },
  { id: 'bool', name: 'Yes or no', group: 'Other', steps: plain(''), grafana: ['bool_yes_no', 'bool_on_off'] },
];

function spaced({ size, suffix }: UnitStep): UnitStep {
  return { size, suffix: ` ${suffix}` };
}

const BY_ID = new Map(UNITS.flatMap((unit) => [unit.id, ...unit.grafana].map((id) => [id, unit])));

/** The unit of an id, ours or Grafana's; undefined when there is none. `prefix:` and `suffix:` of Grafana are own units. */
export function unitOf(id: string): Unit | undefined {
  const known = BY_ID.get(id);
  const suffix = /^suffix:(.*)$/s.exec(id)?.[1];
  return (
    known ??
    (suffix === undefined
      ? undefined
      : { id, name: suffix, group: 'Other', steps: plain(` ${suffix.trim()}`), grafana: [] })
  );
}
