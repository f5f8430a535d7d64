import { AegisError, type RuleGroupRequest } from '@aegisguard/model';
import type { OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { AskedThread, type Fault } from '../../platform/asked-thread.ts';
import type { RuleFile } from './read-rule-file.ts';

/** What the thread is asked. */
export type RuleTextQuestion =
  | { readonly kind: 'check'; readonly group: RuleGroupRequest }
  | { readonly kind: 'read'; readonly text: string }
  | { readonly kind: 'write'; readonly groups: readonly RuleGroupRequest[] };

/** What it answers; `refused` is the client's fault, `fault` ours. */
export type RuleTextAnswer =
  | { readonly file: RuleFile }
  | { readonly text: string }
  | { readonly isGood: true }
  | { readonly refused: { readonly detail: string; readonly members: AegisError['members'] } }
  | Fault;

const HEAP_MB_MAX = 512;
/** The same file beside this one, built (.js) or as source (.ts). */
const THREAD_FILE = new URL(`./rule-texts-thread.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url);

/** Reads and writes rules in a thread of its own: long YAML and many expressions must not be others' time. */
export class RuleTexts implements OnModuleDestroy {
  private readonly thread: AskedThread<RuleTextQuestion, Exclude<RuleTextAnswer, Fault>>;

  constructor(logger: Logger) {
    this.thread = new AskedThread({
      logger,
      name: 'rule text',
      threadFile: THREAD_FILE,
      heapMbMax: HEAP_MB_MAX,
      busyDetail: 'Too many rules are being read.',
    });
  }

  /** Throws `invalid-request` with all that is wrong with a group's rules. */
  async check(group: RuleGroupRequest): Promise<void> {
    await this.ask({ kind: 'check', group });
  }

  /** Reads a rule file of Prometheus's; throws `invalid-request` with all that is wrong with it. */
  async read(text: string): Promise<RuleFile> {
    const answer = await this.ask({ kind: 'read', text });
    if (!('file' in answer)) {
      throw new TypeError('a text that is read is answered with a file');
    }
    return answer.file;
  }

  /** Groups as a rule file that Prometheus takes. */
  async write(groups: readonly RuleGroupRequest[]): Promise<string> {
    const answer = await this.ask({ kind: 'write', groups });
    if (!('text' in answer)) {
      throw new TypeError('groups that are written are answered with a text');
    }
    return answer.text;
  }

  onModuleDestroy(): Promise<void> {
    return this.thread.close();
  }

  private async ask(question: RuleTextQuestion): Promise<Exclude<RuleTextAnswer, Fault>> {
    const answer = await this.thread.ask(question);
    if ('refused' in answer) {
      throw new AegisError('invalid-request', answer.refused);
    }
    return answer;
  }
}
