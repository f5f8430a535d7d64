import { parentPort } from 'node:worker_threads';
import { AegisError } from '@aegisguard/model';
import type { ThreadMessage } from '../../platform/thread-pool.ts';
import { withoutQuotes } from '../../platform/without-quotes.ts';
import { checkRuleGroup } from './check-rule-group.ts';
import { readRuleFile } from './read-rule-file.ts';
import type { RuleTextAnswer, RuleTextQuestion } from './rule-texts.ts';
import { writeRuleFile } from './write-rule-file.ts';

// The thread of `RuleTexts`.

parentPort?.on('message', ({ id, content }: ThreadMessage<RuleTextQuestion>) => {
  const message: ThreadMessage<RuleTextAnswer> = { id, content: answer(content) };
  parentPort?.postMessage(message);
});

function answer(question: RuleTextQuestion): RuleTextAnswer {
  try {
    switch (question.kind) {
      case 'check':
        checkRuleGroup(question.group);
        return { isGood: true };
      case 'read':
        return { file: readRuleFile(question.text) };
      case 'write':
        return { text: writeRuleFile(question.groups) };
    }
  } catch (error) {
    if (error instanceof AegisError && error.code === 'invalid-request') {
      return { refused: { detail: error.detail ?? error.message, members: error.members } };
    }
    return { fault: withoutQuotes(error instanceof Error ? (error.stack ?? error.message) : String(error)) };
  }
}
