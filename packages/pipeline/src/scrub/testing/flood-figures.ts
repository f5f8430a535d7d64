// How long the log stages take for texts that are made to be slow, by the thread's own processor time: run it with `--conditions=@aegisguard/source`. Prints the slowest; docs/pipeline-cost.md keeps the tables of a run.
import process from 'node:process';
import { parseArgs } from 'node:util';
import { Random } from '@aegisguard/testkit';
import { LOG_STAGES } from '../../stages-by-signal.ts';
import { sampleContext, sampleRecord } from '../../testing/sample-record.ts';
import { KEY_FORMATS } from '../detectors/secrets/api-key-formats.ts';
import { VENDOR_VALUES } from '../detectors/secrets/vendor-values.ts';
import { FLOOD_FRAGMENTS } from './flood-fragments.ts';

const MEGA = 1_000_000;
const FLOOD_LENGTH = MEGA / 4;
const SHOWN = 12;
/** Of the mixtures: one in a hundred is of a million UTF-16 units, most are as logs are. */
const LENGTHS = [MEGA, 64_000, 64_000, 64_000, 8000, 8000, 8000, 8000, 8000, 8000] as const;
const SHORT_LENGTH = 600;
const MIXED_FRAGMENTS_MAX = 5;

const { values } = parseArgs({ options: { texts: { type: 'string', default: '10000' } } });
const fragments = [
  ...FLOOD_FRAGMENTS,
  ...new Set(KEY_FORMATS.map(({ prefix }) => prefix)),
  ...VENDOR_VALUES.map(([vendor]) => `${vendor}=1`),
];

interface Measured {
  readonly fragments: string;
  readonly length: number;
  readonly ms: number;
  readonly byStage: string;
}

const each = fragments.map((fragment) => measure(JSON.stringify(fragment), flood([fragment], FLOOD_LENGTH)));
print('Floods of one fragment', each);
print('Mixtures', mixtures(Number(values.texts)));

function mixtures(count: number): readonly Measured[] {
  const random = new Random(4);
  return Array.from({ length: count }, (_, at) => {
    const picked = Array.from(
      { length: 1 + random.below(MIXED_FRAGMENTS_MAX) },
      () => fragments[random.below(fragments.length)] ?? '',
    );
    const length = LENGTHS[at % 100] ?? SHORT_LENGTH;
    const inOrder = random.below(2) === 0;
    const text = inOrder ? flood(picked, length) : shuffled(random, picked, length);
    return measure(JSON.stringify(picked), text);
  });
}

function flood(pieces: readonly string[], length: number): string {
  const unit = pieces.join('');
  return unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
}

function shuffled(random: Random, pieces: readonly string[], length: number): string {
  const parts: string[] = [];
  for (let at = 0; at < length; ) {
    const piece = pieces[random.below(pieces.length)] ?? '';
    parts.push(piece);
    at += piece.length;
  }
  return parts.join('').slice(0, length);
}

function measure(name: string, text: string): Measured {
  const record = sampleRecord({ message: text });
  const times = LOG_STAGES.map((stage) => {
    const before = process.threadCpuUsage();
    stage.apply(record, sampleContext);
    const { system, user } = process.threadCpuUsage(before);
    return { name: stage.name, ms: (system + user) / 1000 };
  });
  const slow = times.filter(({ ms }) => ms >= 1).map((time) => `${time.name} ${time.ms.toFixed(0)}`);
  return {
    fragments: name,
    length: text.length,
    ms: times.reduce((sum, { ms }) => sum + ms, 0),
    byStage: slow.join(', '),
  };
}

function print(title: string, all: readonly Measured[]): void {
  const long = all.filter(({ length }) => length >= LENGTHS[1]);
  const perMega = ({ ms, length }: Measured) => (ms * MEGA) / length;
  const worst = long.toSorted((a, b) => perMega(b) - perMega(a)).slice(0, SHOWN);
  const slowestShort = Math.max(0, ...all.filter(({ length }) => length < LENGTHS[1]).map(({ ms }) => ms));
  const rows = worst.map(
    (one) =>
      `| ${one.fragments.slice(0, 80).replaceAll('|', '\\|')} | ${one.length} | ${perMega(one).toFixed(0)} | ${one.byStage} |`,
  );
  const head = ['| fragments | UTF-16 units | ms per million | stages, ms |', '| --- | --- | --- | --- |'];
  process.stdout.write(
    `${title}: ${all.length}, the slowest short one ${slowestShort.toFixed(1)} ms\n\n${[...head, ...rows].join('\n')}\n\n`,
  );
}
