import { parentPort } from 'node:worker_threads';
import { type EncodedBySignal, forgetSeries, normalizeBatch } from './normalize-batch.ts';
import type { NormalizeAnswer, NormalizerMessage } from './normalizer-pool.ts';

// One of the pool's threads: takes a batch, gives back its rows. Bytes are moved, not copied, both ways.
parentPort?.on('message', (message: NormalizerMessage) => {
  if (message.kind === 'forget-series') {
    forgetSeries();
    return;
  }
  let answer: NormalizeAnswer;
  try {
    answer = { id: message.id, batch: normalizeBatch(message.job) };
  } catch (error) {
    answer = { id: message.id, failure: error instanceof Error ? error.message : String(error) };
  }
  parentPort?.postMessage(answer, 'batch' in answer ? memoryOf(answer.batch) : []);
});

function memoryOf(batch: EncodedBySignal[keyof EncodedBySignal]): ArrayBuffer[] {
  const parts = 'bytes' in batch ? [batch.bytes] : Object.values(batch.blocks);
  // Two parts of one buffer cannot be moved twice.
  return [...new Set(parts.map(({ buffer }) => buffer as ArrayBuffer))];
}
