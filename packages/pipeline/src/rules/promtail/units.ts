import { StageFault } from './stage-fields.ts';

const SECONDS: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  μs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
};
const DURATION = /^\+?(?:\d+(?:\.\d*)?(?:ns|us|µs|μs|ms|s|m|h))+$/;
const DURATION_PART = /([\d.]+)([a-zµμ]+)/g;
const BYTES = /^(\d+) *([kmgt]?)b?$/i;
const POWERS = ['', 'k', 'm', 'g', 't'];

/** Seconds of a duration as Go writes them: `1h30m`. https://pkg.go.dev/time#ParseDuration */
export function durationSeconds(text: string, name: string): number {
  if (!DURATION.test(text)) {
    throw new StageFault(`${name}: ${JSON.stringify(text)} is no duration`);
  }
  return [...text.matchAll(DURATION_PART)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (SECONDS[unit ?? ''] ?? 0),
    0,
  );
}

/** Bytes as Promtail writes them: `8kb`, powers of 1024. */
export function byteSize(text: string, name: string): number {
  const [, count, unit = ''] = BYTES.exec(text) ?? [];
  if (count === undefined) {
    throw new StageFault(`${name}: ${JSON.stringify(text)} is no size`);
  }
  return Number(count) * 1024 ** POWERS.indexOf(unit.toLowerCase());
}
