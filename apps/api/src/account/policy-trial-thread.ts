import { parentPort } from 'node:worker_threads';
import type { CustomRule } from '@aegisguard/model';
import { createScrubber, validateCustomRule } from '@aegisguard/pipeline';
import { RecentMap } from '../platform/recent-map.ts';
import type { ThreadMessage } from '../platform/thread-pool.ts';
import { withoutQuotes } from '../platform/without-quotes.ts';
import { checkCustomRules } from './check-custom-rules.ts';
import type { TrialAnswer, TrialQuestion } from './policy-trial.ts';
import { previewText } from './preview-text.ts';

// The thread of `PolicyTrial`. A page asks again with every key that is pressed: what is known of a pattern is kept.

const verdicts = new RecentMap<string, { readonly fault: string | undefined }>(1000);

parentPort?.on('message', ({ id, content }: ThreadMessage<TrialQuestion>) => {
  const message: ThreadMessage<TrialAnswer> = { id, content: answer(content) };
  parentPort?.postMessage(message);
});

function answer({ customRules, preview }: TrialQuestion): TrialAnswer {
  try {
    const faults = checkCustomRules(customRules, validate);
    if (preview === undefined || faults.length > 0) {
      return { faults };
    }
    const { policy, hashKey, text, field } = preview;
    return { preview: previewText(createScrubber(policy, hashKey), text, field) };
  } catch (error) {
    return { fault: withoutQuotes(error instanceof Error ? (error.stack ?? error.message) : String(error)) };
  }
}

function validate(rule: CustomRule): string | undefined {
  const known = verdicts.get(rule.pattern) ?? { fault: validateCustomRule(rule) };
  verdicts.set(rule.pattern, known);
  return known.fault;
}
