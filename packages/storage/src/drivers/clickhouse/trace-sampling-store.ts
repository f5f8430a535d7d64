import { randomUUID } from 'node:crypto';
import {
  AegisError,
  type OrgId,
  type QueryBounds,
  type SampledDay,
  type SamplingRule,
  type TraceSampling,
  type TraceSamplingStore,
  unixNanos,
} from '@aegisguard/model';
import type { Engine } from './engine.ts';
import { engineError } from './engine-error.ts';
import type { TableNames } from './log-table.ts';
import { Deadline, type QueryRunner } from './query-runner.ts';
import type { RowDeletion } from './row-deletion.ts';
import { orgCondition, timeCondition } from './selection-sql.ts';
import { textLiteral, wholeNumberLiteral } from './sql-literal.ts';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DAY_NANOS = 86_400_000_000_000n;
const NANOS_PER_MS = 1e6;
/** Spans that are judged at once: a trace takes some hundred bytes until it is. */
const SPANS_AT_ONCE = 500_000;
const SLICES_MAX = 1024;
/** Ids that are looked at for each bound between slices. */
const SAMPLES_PER_SLICE = 20;
const JUDGE_MS = 600_000;
/** Ids need not be random. */
const TRACES_AT_ONCE_MAX = 5_000_000;
/** Shares are told apart to a ten-thousandth of a per cent. */
const SHARES = 1_000_000;
/** A verdict that is no rule's. */
const DROPPED = -2;
const OF_THE_REST = -1;

/** A day, as statements have it. */
interface Day {
  readonly date: string;
  readonly start: bigint;
}

/** Judges stored traces by what they have become, and deletes those that no rule keeps. */
export class ClickHouseTraceSamplingStore implements TraceSamplingStore {
  readonly #engine: Engine;
  readonly #runner: QueryRunner;
  readonly #deletion: RowDeletion;
  readonly #tables: TableNames;
  readonly #spansAtOnce: number;

  constructor(
    engine: Engine,
    runner: QueryRunner,
    deletion: RowDeletion,
    tables: TableNames,
    spansAtOnce = SPANS_AT_ONCE,
  ) {
    this.#engine = engine;
    this.#runner = runner;
    this.#deletion = deletion;
    this.#tables = tables;
    this.#spansAtOnce = spansAtOnce;
  }

  async preview(orgId: OrgId, date: string, sampling: TraceSampling, bounds: QueryBounds): Promise<SampledDay> {
    return await this.#count(orgId, dayOf(date), sampling, new Deadline(bounds));
  }

  async sample(orgId: OrgId, date: string, sampling: TraceSampling): Promise<SampledDay | undefined> {
    const day = dayOf(date);
    if (await this.#has(orgId, day, 'done')) {
      return undefined;
    }
    const deadline = new Deadline({ signal: new AbortController().signal, timeoutMs: JUDGE_MS });
    const counted = await this.#count(orgId, day, sampling, deadline);
    if (counted.traces === 0) {
      return undefined;
    }
    const attempt = (await this.#decidedAttempt(orgId, day)) ?? (await this.#decide(orgId, day, sampling));
    const dropped = `SELECT trace_id FROM ${this.#tables.sampledTraces} WHERE ${this.#ofDay(orgId, day)} AND attempt = ${textLiteral(attempt)} AND state = 'dropped'`;
    // The list of an attempt never changes once it is decided, so a deletion that is cut off goes on with the same traces.
    await this.#deletion.delete(
      this.#tables.spans,
      orgId,
      `${timeCondition(unixNanos(day.start), unixNanos(day.start + 2n * DAY_NANOS))} AND trace_id IN (${dropped})`,
    );
    await this.#mark(orgId, day, attempt, 'done');
    return counted;
  }

  async #count(orgId: OrgId, day: Day, sampling: TraceSampling, deadline: Deadline): Promise<SampledDay> {
    const keptByRule = sampling.rules.map(() => 0);
    const sums = { traces: 0, spans: 0, keptTraces: 0, keptSpans: 0 };
    for (const slice of await this.#slices(orgId, day)) {
      const { rows } = await this.#runner.run(
        `SELECT verdict, count(), sum(span_count) FROM (${this.#judged(orgId, day, sampling, slice)}) GROUP BY verdict`,
        deadline,
        { groupsMax: TRACES_AT_ONCE_MAX },
      );
      for (const [verdict, traces, spans] of rows.map((row) => row.map(Number))) {
        sums.traces += traces ?? 0;
        sums.spans += spans ?? 0;
        if (verdict !== DROPPED) {
          sums.keptTraces += traces ?? 0;
          sums.keptSpans += spans ?? 0;
        }
        if (verdict !== undefined && verdict >= 0) {
          keptByRule[verdict] = (keptByRule[verdict] ?? 0) + (traces ?? 0);
        }
      }
    }
    return { date: day.date, ...sums, keptByRule };
  }

  /** Writes down which traces go; the attempt that counts, which may be another process's. */
  async #decide(orgId: OrgId, day: Day, sampling: TraceSampling): Promise<string> {
    const attempt = randomUUID();
    for (const slice of await this.#slices(orgId, day)) {
      await this.#maintain(
        `INSERT INTO ${this.#tables.sampledTraces} (organization_id, day, attempt, state, trace_id, at) SELECT ${textLiteral(orgId)}, toDate(${textLiteral(day.date)}), ${textLiteral(attempt)}, 'dropped', trace_id, now64(3) FROM (${this.#judged(orgId, day, sampling, slice)}) WHERE verdict = ${DROPPED}`,
      );
    }
    // Of two who say so at once the engine takes one, for every process.
    await this.#mark(
      orgId,
      day,
      attempt,
      'decided',
      ` SETTINGS insert_deduplicate = 1, insert_deduplication_token = ${textLiteral(`${orgId} ${day.date}`)}`,
    );
    return (await this.#decidedAttempt(orgId, day)) ?? attempt;
  }

  async #decidedAttempt(orgId: OrgId, day: Day): Promise<string | undefined> {
    const [[attempt] = []] = await this.#runner.rows(
      `SELECT toString(attempt) FROM ${this.#tables.sampledTraces} WHERE ${this.#ofDay(orgId, day)} AND state = 'decided' ORDER BY at, attempt LIMIT 1`,
    );
    return attempt === undefined ? undefined : String(attempt);
  }

  async #has(orgId: OrgId, day: Day, state: string): Promise<boolean> {
    const rows = await this.#runner.rows(
      `SELECT 1 FROM ${this.#tables.sampledTraces} WHERE ${this.#ofDay(orgId, day)} AND state = ${textLiteral(state)} LIMIT 1`,
    );
    return rows.length > 0;
  }

  async #mark(orgId: OrgId, day: Day, attempt: string, state: 'decided' | 'done', settings = ''): Promise<void> {
    await this.#maintain(
      `INSERT INTO ${this.#tables.sampledTraces} (organization_id, day, attempt, state, trace_id, at) SELECT ${textLiteral(orgId)}, toDate(${textLiteral(day.date)}), ${textLiteral(attempt)}, ${textLiteral(state)}, toFixedString('', 16), now64(3)${settings}`,
    );
  }

  #ofDay(orgId: OrgId, day: Day): string {
    return `${orgCondition(orgId)} AND day = toDate(${textLiteral(day.date)})`;
  }

  /** Ranges of trace ids, as conditions, that hold about as many spans as fit in memory at once. Their bounds are taken from the ids that there are: many begin alike, with zeros or a time. */
  async #slices(orgId: OrgId, day: Day): Promise<readonly string[]> {
    const [[spans] = []] = await this.#runner.rows(
      `SELECT count() FROM ${this.#tables.spans} WHERE ${orgCondition(orgId)} AND ${rangeOf(day)}`,
    );
    const count = Math.min(SLICES_MAX, Math.ceil(Number(spans) / this.#spansAtOnce));
    if (count <= 1) {
      return ['1'];
    }
    const rows = await this.#runner.rows(
      `SELECT DISTINCT lower(hex(id)) AS hex_id FROM (SELECT arrayJoin(groupArraySample(${count * SAMPLES_PER_SLICE}, 7)(trace_id)) AS id FROM ${this.#tables.spans} WHERE ${orgCondition(orgId)} AND ${rangeOf(day)}) ORDER BY hex_id`,
    );
    const ids = rows.map(([id]) => String(id));
    const bounds = Array.from({ length: count - 1 }, (_, index) => ids[Math.floor(((index + 1) * ids.length) / count)]);
    const distinct = [...new Set(bounds.filter((bound) => bound !== undefined))].map(idLiteral);
    return Array.from({ length: distinct.length + 1 }, (_, slice) =>
      [
        ...(slice === 0 ? [] : [`trace_id >= ${distinct[slice - 1]}`]),
        ...(slice === distinct.length ? [] : [`trace_id < ${distinct[slice]}`]),
        '1',
      ].join(' AND '),
    );
  }

  /** The traces that began on the day, of a slice, with their spans and which rule keeps them. */
  #judged(orgId: OrgId, day: Day, sampling: TraceSampling, slice: string): string {
    const org = orgCondition(orgId);
    const [start, end] = [day.start, day.start + DAY_NANOS].map((time) => wholeNumberOfNanos(time));
    const root = 'tuple(NOT is_root, timestamp, span_id)';
    const traces = [
      `SELECT trace_id, toUnixTimestamp64Nano(min(timestamp)) AS began, max(toUnixTimestamp64Nano(timestamp) + toInt64(least(duration_nanos, 9000000000000000000))) - began AS duration`,
      `argMin(service, ${root}) AS root_service, argMin(name, ${root}) AS root_name`,
      `max(is_root) AS has_root, countIf(status = 'error') AS errors, uniqExact(span_id) AS span_count FROM ${this.#tables.spans}`,
    ].join(', ');
    return `SELECT trace_id, span_count, ${this.#verdict(orgId, day, sampling)} AS verdict FROM (${traces} WHERE ${org} AND ${rangeOf(day)} AND ${slice} GROUP BY trace_id HAVING began >= ${start} AND began < ${end})`;
  }

  #verdict(orgId: OrgId, day: Day, { rules, percent }: TraceSampling): string {
    const cases = rules.flatMap((rule, index) => {
      const condition = this.#condition(orgId, day, rule);
      return rule.keep === 'share'
        ? [`${condition}, if(${isInShare(rule.percent)}, ${index}, ${DROPPED})`]
        : [`${condition}, ${index}`];
    });
    const rest = `if(${isInShare(percent)}, ${OF_THE_REST}, ${DROPPED})`;
    return cases.length === 0 ? rest : `multiIf(${cases.join(', ')}, ${rest})`;
  }

  /** That a rule is about a trace. */
  #condition(orgId: OrgId, day: Day, rule: SamplingRule): string {
    switch (rule.keep) {
      case 'errors':
        return 'errors > 0';
      case 'slow': {
        const isSlow = `duration >= ${wholeNumberLiteral(Math.ceil(rule.thresholdMs * NANOS_PER_MS))}`;
        return rule.service === undefined ? isSlow : `(${isSlow} AND root_service = ${textLiteral(rule.service)})`;
      }
      case 'rare':
        // Without its root it is not known whose trace it is.
        return `has_root AND (root_service, root_name) NOT IN (SELECT toString(service), toString(name) FROM ${this.#tables.spans} WHERE ${orgCondition(orgId)} AND ${timeCondition(unixNanos(day.start), unixNanos(day.start + DAY_NANOS))} AND is_root GROUP BY service, name HAVING uniq(trace_id) > ${wholeNumberLiteral(rule.perDay)})`;
      default:
        return `root_service = ${textLiteral(rule.service)}`;
    }
  }

  async #maintain(sql: string): Promise<void> {
    try {
      await this.#engine.maintain(sql);
    } catch (error) {
      throw engineError(error, 'command');
    }
  }
}

function dayOf(date: string): Day {
  const ms = DATE.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(ms)) {
    throw new AegisError('internal', { internal: `not a day: ${date}` });
  }
  return { date, start: BigInt(ms) * BigInt(NANOS_PER_MS) };
}

/** Where the spans of traces that began on the day lie, and those that tell that a trace began before it. */
function rangeOf({ start }: Day): string {
  return timeCondition(unixNanos(start - DAY_NANOS), unixNanos(start + 2n * DAY_NANOS));
}

function idLiteral(hexId: string): string {
  return `toFixedString(unhex(${textLiteral(hexId)}), 16)`;
}

/** Not by the id's own digits: clients that sample by them would have sent only such traces. */
function isInShare(percent: number): string {
  return `cityHash64(trace_id) % ${SHARES} < ${wholeNumberLiteral(Math.round((percent / 100) * SHARES))}`;
}

function wholeNumberOfNanos(nanos: bigint): string {
  return `toInt64('${nanos}')`;
}
