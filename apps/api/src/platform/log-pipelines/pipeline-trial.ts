import {
  AegisError,
  type LogPipelines,
  type LogRecord,
  type PipelineImportAnswer,
  type PipelinePreviewAnswer,
} from '@aegisguard/model';
import type { PipelineFault } from '@aegisguard/pipeline';
import type { OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { AskedThread, type Fault } from '../asked-thread.ts';

/** What a preview is made of: lines that somebody typed, or records. */
export interface PipelinePreview {
  readonly pipelines: LogPipelines;
  readonly lines?: readonly string[] | undefined;
  readonly records: readonly LogRecord[];
  readonly receivedAtMs: number;
}

/** What the thread is asked. */
export type PipelineQuestion =
  | { readonly kind: 'check'; readonly pipelines: LogPipelines }
  | { readonly kind: 'preview'; readonly preview: PipelinePreview }
  | { readonly kind: 'import'; readonly yaml: string };

/** What it answers; `faults` are the client's, `fault` is ours. */
export type PipelineTrialAnswer =
  | { readonly faults: readonly PipelineFault[] }
  | { readonly preview: PipelinePreviewAnswer }
  | { readonly imported: PipelineImportAnswer }
  | Fault;

const HEAP_MB_MAX = 256;
/** The same file beside this one, built (.js) or as source (.ts). */
const THREAD_FILE = new URL(
  `./pipeline-trial-thread.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`,
  import.meta.url,
);

/** Tries rules out in a thread of its own: the expressions of an organization are run, and what they cost must not be others' time. */
export class PipelineTrial implements OnModuleDestroy {
  private readonly thread: AskedThread<PipelineQuestion, Exclude<PipelineTrialAnswer, Fault>>;

  constructor(logger: Logger) {
    this.thread = new AskedThread({
      logger,
      name: 'pipeline trial',
      threadFile: THREAD_FILE,
      heapMbMax: HEAP_MB_MAX,
      busyDetail: 'Too many pipelines are being tried.',
    });
  }

  /** Throws `invalid-request` naming everything that cannot be used. */
  async check(pipelines: LogPipelines): Promise<void> {
    await this.ask({ kind: 'check', pipelines });
  }

  /** What rules make of logs; throws as `check`. */
  async preview(preview: PipelinePreview): Promise<PipelinePreviewAnswer> {
    const answer = await this.ask({ kind: 'preview', preview });
    if (!('preview' in answer)) {
      throw new TypeError('a preview is answered with one');
    }
    return answer.preview;
  }

  /** What a configuration of Promtail would be; throws `invalid-request` for one that Promtail would not take. */
  async import(yaml: string): Promise<PipelineImportAnswer> {
    const answer = await this.ask({ kind: 'import', yaml });
    if (!('imported' in answer)) {
      throw new TypeError('an import is answered with one');
    }
    return answer.imported;
  }

  onModuleDestroy(): Promise<void> {
    return this.thread.close();
  }

  private async ask(question: PipelineQuestion): Promise<Exclude<PipelineTrialAnswer, Fault>> {
    const answer = await this.thread.ask(question);
    if ('faults' in answer && answer.faults.length > 0) {
      throw refused(answer.faults);
    }
    return answer;
  }
}

function refused(errors: readonly PipelineFault[]): AegisError {
  return new AegisError('invalid-request', {
    detail: errors.map(({ path, message }) => `${path}: ${message}`).join('; '),
    members: { errors },
  });
}
