import { parentPort } from 'node:worker_threads';
import { AegisError } from '@aegisguard/model';
import type { ThreadMessage } from '../platform/thread-pool.ts';
import { withoutQuotes } from '../platform/without-quotes.ts';
import type { VerifyAnswer, VerifyQuestion } from './body-verifier.ts';
import { verifyMetricsApart, verifyRecords } from './verify-body.ts';

// One of the verifier's threads: takes a body, gives it back with the verdict. Bytes are moved, not copied, both ways.
parentPort?.on('message', ({ id, content }: ThreadMessage<VerifyQuestion>) => {
  const message: ThreadMessage<VerifyAnswer> = { id, content: answer(content) };
  parentPort?.postMessage(message, [content.body.buffer]);
});

const NO_SERIES = new BigUint64Array();

function answer({ signal, format, body, options, denied }: VerifyQuestion): VerifyAnswer {
  try {
    return signal === 'metrics'
      ? { body, ...verifyMetricsApart(format, body, options, denied) }
      : { body, verdict: verifyRecords(signal, format, body, options), series: NO_SERIES };
  } catch (error) {
    if (error instanceof AegisError) {
      return { body, refusal: { code: error.code, detail: error.detail, members: error.members } };
    }
    return { body, fault: withoutQuotes(error instanceof Error ? (error.stack ?? error.message) : String(error)) };
  }
}
