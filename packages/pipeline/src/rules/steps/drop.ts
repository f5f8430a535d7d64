// https://grafana.com/docs/loki/latest/send-data/promtail/stages/drop/
import { nanosFromMs, type StepOf } from '@aegisguard/model';
import type { RuleCompiler } from '../rule-compiler.ts';
import { RuleFault } from '../rule-error.ts';
import type { CompiledStep } from '../rule-run.ts';
import type { WorkingEntry } from '../working-entry.ts';

const MS_PER_SECOND = 1000;
const BYTES_PER_UNIT_MAX = 3;

/** Drops a log for which everything that is said holds. */
export function dropStep(step: StepOf<'drop'>, compiler: RuleCompiler): CompiledStep {
  const { sources, value, expression, longerThanBytes, olderThanSeconds } = step;
  if (sources.length === 0 && [value, expression, longerThanBytes, olderThanSeconds].every((it) => it === undefined)) {
    throw new RuleFault('', 'Say what is to be dropped: a source, an expression, a length or an age.');
  }
  if (value !== undefined && expression !== undefined) {
    throw new RuleFault('value', 'Give an expression or a value, not both.');
  }
  if (value !== undefined && sources.length === 0) {
    throw new RuleFault('value', 'A value needs a source that has it.');
  }
  const regex = expression === undefined ? undefined : compiler.regex(expression, 'expression');
  const ageMs = olderThanSeconds === undefined ? undefined : olderThanSeconds * MS_PER_SECOND;
  return (entry, { receivedAtMs }) => {
    if (longerThanBytes !== undefined && !isLonger(entry.record.message, longerThanBytes)) {
      return;
    }
    if (ageMs !== undefined && entry.record.timestamp >= nanosFromMs(receivedAtMs - ageMs)) {
      return;
    }
    const text = sources.length === 0 ? entry.record.message : joined(entry, step);
    if (text === undefined || (value !== undefined && text !== value) || regex?.test(text) === false) {
      return;
    }
    entry.dropped = 'rule';
  };
}

function joined(entry: WorkingEntry, { sources, separator }: StepOf<'drop'>): string | undefined {
  const texts = sources.map((source) => entry.text(source));
  return texts.includes(undefined) ? undefined : texts.join(separator);
}

function isLonger(text: string, bytes: number): boolean {
  return text.length > bytes || (text.length * BYTES_PER_UNIT_MAX > bytes && Buffer.byteLength(text) > bytes);
}
