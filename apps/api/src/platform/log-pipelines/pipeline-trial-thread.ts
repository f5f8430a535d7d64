import { parentPort } from 'node:worker_threads';
import { PipelineFaults } from '@aegisguard/pipeline';
import type { ThreadMessage } from '../thread-pool.ts';
import { withoutQuotes } from '../without-quotes.ts';
import { answerTrial } from './answer-trial.ts';
import type { PipelineQuestion, PipelineTrialAnswer } from './pipeline-trial.ts';

// The thread of `PipelineTrial`.

parentPort?.on('message', ({ id, content }: ThreadMessage<PipelineQuestion>) => {
  const message: ThreadMessage<PipelineTrialAnswer> = { id, content: answer(content) };
  parentPort?.postMessage(message);
});

function answer(question: PipelineQuestion): PipelineTrialAnswer {
  try {
    return answerTrial(question);
  } catch (error) {
    if (error instanceof PipelineFaults) {
      return { faults: error.faults.map(({ path, message }) => ({ path: `/pipelines${path}`, message })) };
    }
    return { fault: withoutQuotes(error instanceof Error ? (error.stack ?? error.message) : String(error)) };
  }
}
