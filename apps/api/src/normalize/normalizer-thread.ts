import { parentPort } from 'node:worker_threads';
import { freeMemory } from '../platform/free-memory.ts';
import type { ThreadMessage } from '../platform/thread-pool.ts';
import { withoutQuotes } from '../platform/without-quotes.ts';
import {
  type EncodedBySignal,
  forgetSeries,
  type NormalizedBatch,
  type NormalizeJob,
  normalizeBatch,
  warmUp,
} from './normalize-batch.ts';
import type { NormalizerAnswer, NormalizerQuestion } from './normalizer-pool.ts';
import { PolicyError } from './scrubber-cache.ts';

// One of the pool's threads: takes a batch, gives back its rows. Bytes are moved, not copied, both ways.
parentPort?.on('message', ({ id, content: question }: ThreadMessage<NormalizerQuestion>) => {
  if (question.kind === 'forget-series') {
    forgetSeries();
    return;
  }
  if (question.kind === 'warm-up') {
    warmUp();
    parentPort?.postMessage({ id, content: { isWarm: true } } satisfies ThreadMessage<NormalizerAnswer>);
    return;
  }
  const message: ThreadMessage<NormalizerAnswer> = { id, content: answer(question.job) };
  parentPort?.postMessage(message, 'batch' in message.content ? memoryOf(message.content) : []);
  // Unless it went back with the rows.
  freeMemory(question.job.body);
});

function answer(job: NormalizeJob): NormalizerAnswer {
  try {
    return normalizeBatch(job);
  } catch (error) {
    if (error instanceof PolicyError) {
      return { policyFailure: error.message };
    }
    return { failure: withoutQuotes(error instanceof Error ? error.message : String(error)) };
  }
}

function memoryOf({ batch, body, claims }: NormalizedBatch<EncodedBySignal[keyof EncodedBySignal]>): ArrayBuffer[] {
  const rows = 'bytes' in batch ? [batch.bytes] : Object.values(batch.blocks);
  const parts = [...rows, ...(claims === undefined ? [] : [claims.ids]), ...(body === undefined ? [] : [body])];
  // Two parts of one buffer cannot be moved twice.
  return [...new Set(parts.map(({ buffer }) => buffer as ArrayBuffer))];
}
