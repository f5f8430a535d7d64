import { setTimeout as delay } from 'node:timers/promises';
import type { Engines } from '../platform/engines.ts';
import { eraseOrganizations } from './erase-organizations.ts';
import { LogMetricReadings } from './log-metric-readings.ts';
import { OrganizationErasure } from './organization-erasure.ts';
import { PeriodicJob, type PeriodicWork } from './periodic-job.ts';
import { RuleEvaluation } from './rules/rule-evaluation.ts';
import { sampleTraces } from './sample-traces.ts';
import { shortenRetentionOfAll } from './shorten-retention.ts';
import { SpanMetricReadings } from './span-metric-readings.ts';

const ROLL_UP_PAUSE_MS = 60_000;
const ERASE_PAUSE_MS = 10_000;
/** A setting that was shortened counts for what is stored within this; what grows older than the setting goes as often. */
const SHORTEN_PAUSE_MS = 3_600_000;
const SWEEP_PAUSE_MS = 3_600_000;
/** How late a day's traces may be judged. */
const SAMPLE_PAUSE_MS = 600_000;
/** How late a group of recording rules may be begun when nothing else is to be done. */
const RULES_PAUSE_MS = 1000;
/** How late metrics of logs may be read after their slot. */
const LOG_METRICS_PAUSE_MS = 2_000;
/** How late windows of spans may be settled, and metrics of spans read after their slot. */
const SPAN_WINDOWS_PAUSE_MS = 3_000;
const SPAN_METRICS_PAUSE_MS = 2_000;
/** Groups that a process evaluates at a time: they must leave the store to people's queries. */
const RULE_GROUPS_AT_A_TIME = 2;
/** What may wait until the start, when every engine is busy, is over. */
const AFTER_START_MS = 20_000;
/** How long a stop waits for a job; the process has 25 s to end in all. */
const STOP_GRACE_MS = 5_000;

/** Starts what the role `scheduler` does by the clock. Every job may run in several processes at once. */
export function startJobs(engines: Engines): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const works = [
    rollUp(engines),
    erase(engines, stopping.signal),
    shorten(engines),
    sweep(engines),
    sample(engines, stopping.signal),
    readLogMetrics(engines),
    settleSpanWindows(engines),
    readSpanMetrics(engines),
    ...evaluateRules(engines, stopping.signal),
  ];
  const jobs = works.map((work) => new PeriodicJob(work, engines.logger));
  for (const job of jobs) {
    job.start();
  }
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all(jobs.map((job) => job.stop(STOP_GRACE_MS)));
      // Where that fails, the leases run out.
      await engines.accounts.ruleSchedule.release().catch(() => undefined);
    },
  };
}

function rollUp({ logger, storage }: Engines): PeriodicWork {
  return {
    name: 'metric rollups',
    pauseMs: ROLL_UP_PAUSE_MS,
    run: async () => {
      const hours = await storage.metrics.rollUp(Date.now());
      if (hours > 0) {
        logger.debug({ hours }, 'metric rollups were computed');
      }
    },
  };
}

function erase({ accounts, logger, logMetrics, queue, storage }: Engines, stopping: AbortSignal): PeriodicWork {
  const pause = (ms: number) => delay(ms, undefined, { signal: stopping });
  const erasure = new OrganizationErasure({ storage, queue, logMetrics, nowMs: Date.now, pause });
  return {
    name: 'erasure of deleted organizations',
    firstAfterMs: AFTER_START_MS,
    pauseMs: ERASE_PAUSE_MS,
    run: async () => {
      const run: OrganizationErasure['run'] = (...args) => erasure.run(...args);
      const organizations = await eraseOrganizations(accounts, run, stopping);
      if (organizations > 0) {
        logger.info({ organizations }, 'deleted organizations were erased');
      }
    },
  };
}

function shorten({ accounts, logger, storage }: Engines): PeriodicWork {
  return {
    name: 'shortened retention',
    firstAfterMs: AFTER_START_MS,
    pauseMs: SHORTEN_PAUSE_MS,
    run: async () => {
      const rows = await shortenRetentionOfAll(storage, await accounts.organizations.retentions());
      if (rows > 0) {
        logger.info({ rows }, 'rows that are older than a shortened retention were deleted');
      }
    },
  };
}

function sweep({ accounts, logger }: Engines): PeriodicWork {
  return {
    name: 'sweep of accounts',
    firstAfterMs: AFTER_START_MS,
    pauseMs: SWEEP_PAUSE_MS,
    run: async () => {
      const rows = await accounts.sweep();
      if (rows > 0) {
        logger.debug({ rows }, 'old sessions and links were deleted');
      }
    },
  };
}

function sample({ accounts, logger, storage }: Engines, stopping: AbortSignal): PeriodicWork {
  const { organizations, traceSampling: rules } = accounts;
  return {
    name: 'sampling of traces',
    firstAfterMs: AFTER_START_MS,
    pauseMs: SAMPLE_PAUSE_MS,
    run: async () => {
      const days = await sampleTraces({
        organizations,
        rules,
        store: storage.traceSampling,
        nowMs: Date.now(),
        stopping,
      });
      for (const { date, traces, keptTraces } of days) {
        logger.info({ date, traces, keptTraces }, 'the traces of a day were sampled');
      }
    },
  };
}

function readLogMetrics({ accounts, logMetrics, queue, storage }: Engines): PeriodicWork {
  const { organizations } = accounts;
  const readings = new LogMetricReadings({
    logMetrics,
    organizations,
    queue,
    ingestCounts: storage.ingestCounts,
    nowMs: Date.now,
  });
  return {
    name: 'metrics of logs',
    pauseMs: LOG_METRICS_PAUSE_MS,
    run: async () => {
      await readings.run();
    },
  };
}

function settleSpanWindows({ storage }: Engines): PeriodicWork {
  return {
    name: 'edges of the service graph',
    pauseMs: SPAN_WINDOWS_PAUSE_MS,
    run: async () => {
      await storage.services.settleWindows(Date.now());
    },
  };
}

function readSpanMetrics({ accounts, limits, queue, storage }: Engines): PeriodicWork {
  const { organizations } = accounts;
  const { ingestCounts, services } = storage;
  const readings = new SpanMetricReadings({
    services,
    once: limits.once,
    organizations,
    queue,
    ingestCounts,
    nowMs: Date.now,
  });
  return {
    name: 'metrics of spans',
    pauseMs: SPAN_METRICS_PAUSE_MS,
    run: async () => {
      await readings.run();
    },
  };
}

function evaluateRules(
  { accounts, logger, metrics: selfMetrics, queue, storage }: Engines,
  stopping: AbortSignal,
): readonly PeriodicWork[] {
  const schedule = accounts.ruleSchedule;
  const parts = { schedule, metrics: storage.metrics, queue, selfMetrics, logger, nowMs: Date.now, stopping };
  const evaluation = new RuleEvaluation(parts);
  const work: PeriodicWork = {
    name: 'recording rules',
    pauseMs: RULES_PAUSE_MS,
    run: async () => {
      await evaluation.runDue();
    },
  };
  return Array.from({ length: RULE_GROUPS_AT_A_TIME }, () => work);
}
