import { parentPort } from 'node:worker_threads';
import { normalizeBatch } from './normalize-batch.ts';
import type { NormalizeAnswer, NormalizeRequest } from './normalizer-pool.ts';

// One of the pool's threads: takes a batch, gives back its rows. Bytes are moved, not copied, both ways.
parentPort?.on('message', ({ id, envelope, body, skip }: NormalizeRequest) => {
  let answer: NormalizeAnswer;
  try {
    answer = { id, batch: normalizeBatch(envelope, body, skip) };
  } catch (error) {
    answer = { id, failure: error instanceof Error ? error.message : String(error) };
  }
  parentPort?.postMessage(answer, 'batch' in answer ? [answer.batch.bytes.buffer as ArrayBuffer] : []);
});
