// https://grafana.com/docs/loki/latest/send-data/promtail/stages/timestamp/
import { formatRfc3339Nanos, nanosFromMs, type StepOf, type UnixNanos, unixNanos } from '@aegisguard/model';
import { RuleFault } from '../rule-error.ts';
import type { CompiledStep, RuleRun } from '../rule-run.ts';
import { timeReader } from '../time/time-reader.ts';
import type { WorkingEntry } from '../working-entry.ts';

const DAY_MS = 86_400_000;
/** Where decoding keeps a time, too, that a log cannot have. */
const ORIGINAL_TIMESTAMP = 'aegis.original_timestamp';

/** The value is the log's time. */
export function timestampStep({ source, formats, location, onFailure }: StepOf<'timestamp'>): CompiledStep {
  const readers = formats.map((format) => {
    const reader = timeReader(format, location ?? 'UTC');
    if (reader === undefined) {
      throw new RuleFault('location', 'There is no such time zone.');
    }
    return reader;
  });
  const step = {};
  return (entry, run) => {
    const text = entry.text(source);
    const time = text === undefined ? undefined : firstOf(readers, (reader) => reader(text, run.receivedAtMs));
    if (time !== undefined) {
      setTime(entry, run, time);
    }
    if (onFailure === 'fudge') {
      fudge(entry, run, step, time);
    }
  };
}

function firstOf<Item, Result>(items: readonly Item[], find: (item: Item) => Result | undefined): Result | undefined {
  for (const item of items) {
    const result = find(item);
    if (result !== undefined) {
      return result;
    }
  }
  return undefined;
}

/** A time that no log of the organization may have (contract §6, "Records") is kept beside it. */
function setTime(entry: WorkingEntry, { receivedAtMs, retentionDays }: RuleRun, time: UnixNanos): void {
  const isPossible =
    time >= nanosFromMs(Math.max(0, receivedAtMs - retentionDays * DAY_MS)) &&
    time <= nanosFromMs(receivedAtMs + DAY_MS);
  if (isPossible) {
    entry.record.timestamp = time;
  } else {
    entry.setAttribute(ORIGINAL_TIMESTAMP, formatRfc3339Nanos(time));
  }
}

/** A log without a readable time stands right behind the one of its stream that came before it in the batch. */
function fudge(entry: WorkingEntry, { lastTimes }: RuleRun, step: object, time: UnixNanos | undefined): void {
  const ofStep = lastTimes.get(step) ?? new Map<string, UnixNanos>();
  lastTimes.set(step, ofStep);
  const stream = JSON.stringify(entry.allLabels().stream);
  const last = ofStep.get(stream);
  if (time !== undefined) {
    ofStep.set(stream, entry.record.timestamp);
  } else if (last !== undefined) {
    const next = unixNanos(last + 1n);
    ofStep.set(stream, next);
    entry.record.timestamp = next;
  }
}
