import type { LogMetrics } from '@aegisguard/ingest-ids';
import { type ErasureReport, type ErasureStep, type OrgId, SIGNALS, streamOf } from '@aegisguard/model';
import type { QueueDriver } from '@aegisguard/queue';
import type { StorageDriver } from '@aegisguard/storage';
import { WORKER_GROUP } from '../platform/worker-group.ts';

/**
 * How long after a deletion something of the organization may still be written by who does not know of it: keys and deletions are known for up to 5 s, a batch is held for 30 s and inserted within 20 s, counts wait for 5 s, an hour's rollups and
 * the sums of a day are statements of up to 60 s each.
 */
export const WRITERS_MS = 180_000;
/** A table in which rows turn up again and again has a writer that does not stop: the erasure fails, and is begun again. */
const ROUNDS_MAX = 5;
const REPLACED = 'replaced-files';

/** What an erasure works on. The pause is the caller's, and ends early, by throwing, when its process stops. */
export interface OrganizationErasureParts {
  readonly storage: Pick<StorageDriver, 'erasure'>;
  readonly queue: Pick<QueueDriver, 'forgetLane'>;
  readonly logMetrics: Pick<LogMetrics, 'forget'>;
  /** Unix ms. */
  readonly nowMs: () => number;
  readonly pause: (ms: number) => Promise<void>;
}

/** Called with every step that is done, to be stored. The erasure waits for it. */
export type ReportErasure = (report: ErasureReport) => Promise<void>;

/**
 * Erases what the queue and the store have of an organization that is deleted already: its keys are gone and workers are told. Everything is counted before and after; when the last writer that may not have known is through, all
 * is counted once more, and what came in meanwhile is erased, too.
 *
 * Answers of repeated requests (a digest of the client's key, counts and our own ids) and ids of records (64 bits of a hash that name no organization) hold nothing of what was sent and pass within 48 hours; they stay.
 */
export class OrganizationErasure {
  private readonly parts: OrganizationErasureParts;

  constructor(parts: OrganizationErasureParts) {
    this.parts = parts;
  }

  /**
   * Erases; resolves with the finished report. `stored` is the report that was stored last when the erasure was cut off: what was counted then stays counted. Throws when the queue or the store does; run it again. A
   * finished erasure that is run again is checked, and goes on if something was found.
   */
  async run(orgId: OrgId, onProgress: ReportErasure, stored?: ErasureReport): Promise<ErasureReport> {
    const tally = new Tally(stored ?? { startedAt: this.now(), finishedAt: null, steps: [] }, onProgress);
    const quietAtMs = Date.parse(tally.report.startedAt) + WRITERS_MS;
    for (let round = 1; round <= ROUNDS_MAX; round += 1) {
      // A round that begins when nobody writes any more, and finds nothing, is the last.
      const isQuiet = this.parts.nowMs() >= quietAtMs;
      const found = await this.eraseAll(orgId, tally);
      if (isQuiet && found === 0) {
        return stored !== undefined && stored.finishedAt !== null && round === 1 ? stored : await this.purge(tally);
      }
      await this.parts.pause(Math.max(0, quietAtMs - this.parts.nowMs()));
    }
    throw new Error(`something still writes for organization ${orgId}, which is deleted`);
  }

  /** Erases what is there; how much that was. */
  private async eraseAll(orgId: OrgId, tally: Tally): Promise<number> {
    const { logMetrics, queue, storage } = this.parts;
    const before = await storage.erasure.footprint(orgId);
    // First what there is in all, so that a report that is cut off says what is left.
    await tally.note(before.map(({ table, rows }) => ({ what: `table:${table}`, found: rows, left: rows })));
    let found = await logMetrics.forget(orgId);
    await tally.note([{ what: 'log-metrics', found, left: 0, doneAt: this.now() }]);
    for (const stream of SIGNALS.map(streamOf)) {
      const { messages, deadLetters } = await queue.forgetLane(stream, WORKER_GROUP, orgId);
      await tally.note([
        { what: `queue:${stream}`, found: messages, left: 0, doneAt: this.now() },
        { what: `dead-letters:${stream}`, found: deadLetters, left: 0, doneAt: this.now() },
      ]);
      found += messages + deadLetters;
    }
    for (const { table } of before) {
      const erased = await storage.erasure.erase(orgId, table);
      const left = erased === 0 ? 0 : await this.rowsIn(orgId, table);
      await tally.note([
        { what: `table:${table}`, found: erased + left, left, doneAt: left === 0 ? this.now() : null },
      ]);
      found += erased;
    }
    return found;
  }

  private async rowsIn(orgId: OrgId, table: string): Promise<number> {
    const footprint = await this.parts.storage.erasure.footprint(orgId);
    return footprint.find((one) => one.table === table)?.rows ?? 0;
  }

  private async purge(tally: Tally): Promise<ErasureReport> {
    const rows = await this.parts.storage.erasure.purge();
    await tally.note([{ what: REPLACED, found: rows, left: 0, doneAt: this.now() }]);
    return await tally.finish(this.now());
  }

  private now(): string {
    return new Date(this.parts.nowMs()).toISOString();
  }
}

/** What was found at a place since it was last looked at, and what of that is left. Without `doneAt` nothing is done yet. */
interface Finding {
  readonly what: string;
  readonly found: number;
  readonly left: number;
  readonly doneAt?: string | null;
}

/** The report as it grows. */
class Tally {
  report: ErasureReport;
  private readonly onProgress: ReportErasure;

  constructor(report: ErasureReport, onProgress: ReportErasure) {
    this.report = { ...report, finishedAt: null };
    this.onProgress = onProgress;
  }

  /** Takes findings into the report. Rows that were counted before and are there still count once. */
  async note(findings: readonly Finding[]): Promise<void> {
    const steps = new Map(this.report.steps.map((step) => [step.what, step]));
    for (const finding of findings) {
      steps.set(finding.what, stepAfter(steps.get(finding.what), finding));
    }
    const report = { ...this.report, steps: [...steps.values()] };
    const isNews = JSON.stringify(report) !== JSON.stringify(this.report);
    this.report = report;
    if (isNews) {
      await this.onProgress(report);
    }
  }

  async finish(finishedAt: string): Promise<ErasureReport> {
    this.report = { ...this.report, finishedAt };
    await this.onProgress(this.report);
    return this.report;
  }
}

function stepAfter(known: ErasureStep | undefined, { what, found, left, doneAt = null }: Finding): ErasureStep {
  const { rowsBefore = 0, rowsAfter = 0, finishedAt = null } = known ?? {};
  const isStillEmpty = finishedAt !== null && found === 0 && left === 0;
  return {
    what,
    rowsBefore: rowsBefore + Math.max(0, found - rowsAfter),
    rowsAfter: left,
    finishedAt: isStillEmpty ? finishedAt : doneAt,
  };
}
