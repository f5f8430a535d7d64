import type { Accounts, GroupOutcome, RuleLease, RuleOutcome } from '@aegisguard/accounts';
import { AegisError, ERRORS, type MetricReader, type OrgId, type RecordingRule } from '@aegisguard/model';
import { evaluateQuery } from '@aegisguard/promql';
import type { SampleToWrite } from '@aegisguard/protocols';
import type { QueueDriver } from '@aegisguard/queue';
import type { Logger } from 'pino';
import type { SelfMetrics } from '../../platform/self-metrics.ts';
import { queueSamples } from '../queue-samples.ts';
import { recordedSamples } from './recorded-samples.ts';
import { RecordedSeries, type RuleResult } from './recorded-series.ts';

/** What it works with. */
export interface RuleEvaluationParts {
  readonly schedule: Accounts['ruleSchedule'];
  readonly metrics: MetricReader;
  readonly queue: Pick<QueueDriver, 'append'>;
  readonly selfMetrics: Pick<SelfMetrics, 'querySeconds'>;
  readonly logger: Logger;
  readonly nowMs: () => number;
  /** Aborted when the process stops. */
  readonly stopping: AbortSignal;
  /** For tests. */
  readonly rememberedMax?: number;
}

/** As a query of a person. */
const RULE_TIMEOUT_MS = 30_000;
/** A group's rules together; less than what its lease is for. */
const GROUP_TIMEOUT_MS = 60_000;
/** Series of a group's evaluation. */
const SERIES_MAX = 10_000;
/** Series of an organization that are remembered, ~1 kB each. What is too much gets no ends: queries find it for five minutes more. */
const REMEMBERED_MAX = 100_000;
/** How often groups that were deleted or turned off are looked for. */
const SWEEP_MS = 10_000;
/** UTF-16 units of an error that is kept. */
const ERROR_LENGTH_MAX = 1000;

/** What is known of a group between its evaluations. */
interface Remembered {
  readonly orgId: OrgId;
  readonly retentionDays: number;
  readonly series: RecordedSeries;
}

type Evaluated = RuleResult & { readonly outcome: RuleOutcome };

/** Evaluates the groups that are due, of each organization one at a time, and puts what they give into the queue of metrics, in the organization's lane. What fails is told to the organization with the group. */
export class RuleEvaluation {
  private readonly remembered = new Map<string, Remembered>();
  private readonly busy = new Set<OrgId>();
  private claiming: Promise<unknown> = Promise.resolve();
  private sweptMs = 0;

  constructor(private readonly parts: RuleEvaluationParts) {}

  /** Evaluates one group after the other until none is due or the process stops; how many. It may be called while it runs: that many groups are then evaluated at a time. */
  async runDue(): Promise<number> {
    await this.sweep();
    let count = 0;
    for (;;) {
      const lease = this.parts.stopping.aborted ? undefined : await this.claim();
      if (lease === undefined) {
        return count;
      }
      try {
        await this.evaluate(lease);
      } finally {
        this.busy.delete(lease.orgId);
      }
      count += 1;
    }
  }

  /** One at a time: what is claimed decides which organizations are busy. */
  private claim(): Promise<RuleLease | undefined> {
    const claimed = this.claiming.then(async () => {
      const lease = await this.parts.schedule.claim([...this.busy]);
      if (lease !== undefined) {
        this.busy.add(lease.orgId);
      }
      return lease;
    });
    this.claiming = claimed.catch(() => undefined);
    return claimed;
  }

  private async evaluate(lease: RuleLease): Promise<void> {
    const { nowMs, schedule, stopping } = this.parts;
    const { groupId, orgId, retentionDays, slotMs } = lease;
    const beganMs = nowMs();
    const results: Evaluated[] = [];
    let room = SERIES_MAX;
    for (const rule of lease.rules) {
      const result = await this.evaluateRule(lease, rule, room, beganMs + GROUP_TIMEOUT_MS - nowMs());
      room -= result.outcome.samples;
      results.push(result);
    }
    if (stopping.aborted) {
      // Another process evaluates the slot.
      return;
    }
    const known = this.remembered.get(groupId) ?? { orgId, retentionDays, series: new RecordedSeries() };
    this.remembered.set(groupId, { ...known, retentionDays });
    const ended = known.series.follow(results, slotMs);
    if (this.rememberedOf(orgId) > (this.parts.rememberedMax ?? REMEMBERED_MAX)) {
      this.remembered.delete(groupId);
    }
    const samples = [...results.flatMap((result) => [...(result.samples?.values() ?? [])]), ...ended];
    const failure = await this.append(orgId, retentionDays, samples);
    if (failure !== undefined) {
      known.series.takeBack();
    }
    const outcomes = results.map(({ outcome }) =>
      failure === undefined || outcome.health === 'err'
        ? outcome
        : { ...outcome, health: 'err' as const, error: failure, samples: 0 },
    );
    const outcome: GroupOutcome = { slotMs, durationMs: nowMs() - beganMs, rules: outcomes };
    await schedule.finish(lease, outcome);
  }

  private rememberedOf(orgId: OrgId): number {
    const groups = [...this.remembered.values()].filter((group) => group.orgId === orgId);
    return groups.reduce((sum, { series }) => sum + series.count, 0);
  }

  private async evaluateRule(
    { orgId, seriesLimit, slotMs }: RuleLease,
    rule: RecordingRule,
    room: number,
    leftMs: number,
  ): Promise<Evaluated> {
    const { metrics, nowMs, selfMetrics, stopping } = this.parts;
    const beganMs = nowMs();
    const stop = selfMetrics.querySeconds.startTimer({ endpoint: 'recording-rule' });
    try {
      if (leftMs <= 0) {
        throw new AegisError('query-timeout', {
          detail: `The rules of the group before this one took ${GROUP_TIMEOUT_MS / 1000} s.`,
        });
      }
      const window = { startMs: slotMs, endMs: slotMs, stepMs: 1 };
      const bounds = { signal: stopping, timeoutMs: Math.min(RULE_TIMEOUT_MS, leftMs) };
      const { data } = await evaluateQuery(metrics, orgId, rule.expr, window, bounds);
      const seriesMax = seriesLimit === 0 ? room : Math.min(seriesLimit, room);
      const samples = recordedSamples(rule, data, slotMs, seriesMax);
      stop({ outcome: 'ok' });
      const outcome = { health: 'ok', error: null, durationMs: nowMs() - beganMs, samples: samples.size } as const;
      return { rule, samples, outcome };
    } catch (error) {
      stop({ outcome: error instanceof AegisError ? error.code : 'internal' });
      const text = this.tell(error);
      const outcome = { health: 'err', error: text, durationMs: nowMs() - beganMs, samples: 0 } as const;
      return { rule, samples: undefined, outcome };
    }
  }

  /** What went wrong when the samples were queued, for the organization; undefined when nothing did. */
  private async append(
    orgId: OrgId,
    retentionDays: number,
    samples: readonly SampleToWrite[],
  ): Promise<string | undefined> {
    if (samples.length === 0) {
      return undefined;
    }
    const { nowMs, queue } = this.parts;
    try {
      await queueSamples(queue, { orgId, retentionDays, madeAtMs: nowMs() }, samples);
      return undefined;
    } catch (error) {
      return `The results could not be stored: ${this.tell(error)}`;
    }
  }

  /** An error in words for the organization; one that nobody foresaw goes into our log. */
  private tell(error: unknown): string {
    if (!(error instanceof AegisError) || error.code === 'internal') {
      this.parts.logger.error({ err: error }, 'a recording rule could not be evaluated');
      return ERRORS.internal.title;
    }
    const text = error.detail ?? ERRORS[error.code].title;
    return text.slice(0, ERROR_LENGTH_MAX).toWellFormed().replaceAll('\0', '');
  }

  /** Ends the series of groups that were deleted or turned off, and forgets those that another process has taken over. */
  private async sweep(): Promise<void> {
    const { nowMs, schedule } = this.parts;
    if (this.remembered.size === 0 || nowMs() - this.sweptMs < SWEEP_MS) {
      return;
    }
    this.sweptMs = nowMs();
    const fates = await schedule.fates([...this.remembered.keys()]);
    for (const [groupId, { orgId, retentionDays, series }] of [...this.remembered]) {
      const fate = fates.get(groupId) ?? 'over';
      if (fate !== 'here') {
        this.remembered.delete(groupId);
      }
      if (fate === 'over') {
        await this.append(orgId, retentionDays, series.follow([], nowMs()));
      }
    }
  }
}
