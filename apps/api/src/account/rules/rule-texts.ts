import { AegisError, type RuleGroupRequest } from '@aegisguard/model';
import type { OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { ThreadDeathError, ThreadPool } from '../../platform/thread-pool.ts';
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
  | { readonly fault: string };

/** Each question takes milliseconds, but seconds with the longest files. */
const WAITING_MAX = 16;
const HEAP_MB_MAX = 512;
const YOUNG_MB_MAX = 32;
/** The same file beside this one, built (.js) or as source (.ts). */
const THREAD_FILE = new URL(`./rule-texts-thread.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url);

/** Reads and writes rules in a thread of its own: long YAML and many expressions must not be others' time. */
export class RuleTexts implements OnModuleDestroy {
  private readonly pool: ThreadPool<RuleTextQuestion, RuleTextAnswer>;
  private waiting = 0;

  constructor(logger: Logger) {
    this.pool = new ThreadPool({
      logger,
      name: 'rule text',
      threadCount: 1,
      threadFile: THREAD_FILE,
      heapMbMax: HEAP_MB_MAX,
      youngMbMax: YOUNG_MB_MAX,
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
    return this.pool.close();
  }

  private async ask(question: RuleTextQuestion): Promise<RuleTextAnswer> {
    if (this.waiting >= WAITING_MAX) {
      throw new AegisError('unavailable', { detail: 'Too many rules are being read.', retryAfterSeconds: 1 });
    }
    this.waiting += 1;
    try {
      const answer = await this.pool.ask(question, []);
      if ('refused' in answer) {
        throw new AegisError('invalid-request', answer.refused);
      }
      if ('fault' in answer) {
        throw new AegisError('internal', { internal: answer.fault });
      }
      return answer;
    } catch (error) {
      throw error instanceof ThreadDeathError
        ? new AegisError('unavailable', { cause: error, retryAfterSeconds: 1 })
        : error;
    } finally {
      this.waiting -= 1;
    }
  }
}
