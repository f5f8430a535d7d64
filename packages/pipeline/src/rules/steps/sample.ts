// https://grafana.com/docs/loki/latest/send-data/promtail/stages/sampling/, decided by a hash instead of chance
import { createHash } from 'node:crypto';
import type { StepOf } from '@aegisguard/model';
import type { CompiledStep } from '../rule-run.ts';

const RANGE = 2 ** 32;

/** Keeps a share of the logs. A batch that is delivered again decides alike, since the record's id does. */
export function sampleStep({ rate, source }: StepOf<'sample'>): CompiledStep {
  const below = rate * RANGE;
  return (entry, { batchId }) => {
    const key = source === undefined ? `${batchId} ${entry.record.index}` : entry.text(source);
    if (key !== undefined && fraction(key) >= below) {
      entry.dropped = 'sample';
    }
  };
}

function fraction(key: string): number {
  return createHash('sha256').update(key).digest().readUInt32BE(0);
}
