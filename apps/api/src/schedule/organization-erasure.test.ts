import { ErasureReport, erasureProgress, parseOrgId, SIGNALS, streamOf } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OrganizationErasure, WRITERS_MS } from './organization-erasure.ts';

const ORG = parseOrgId('00000000-0000-7000-8000-000000000001');
const TABLES = ['logs', 'metric_samples', 'usage'];
const STREAMS = SIGNALS.map(streamOf);

/** A queue and a store that hold an organization's rows as numbers; before each call something may happen to them. */
class Place {
  readonly tables = new Map(TABLES.map((table) => [table, 0]));
  readonly lanes = new Map(STREAMS.map((stream) => [stream, { messages: 0, deadLetters: 0 }]));
  logSeries = 0;
  written = 0;
  nowMs = 1_700_000_000_000;
  calls = 0;
  pauses: number[] = [];
  before: (call: number) => void = () => undefined;

  write(table: string, rows: number): void {
    this.written += rows;
    this.tables.set(table, (this.tables.get(table) ?? 0) + rows);
  }

  append(stream: string, messages: number, deadLetters = 0): void {
    this.written += messages + deadLetters;
    const lane = this.lanes.get(stream) ?? { messages: 0, deadLetters: 0 };
    this.lanes.set(stream, { messages: lane.messages + messages, deadLetters: lane.deadLetters + deadLetters });
  }

  get left(): number {
    const lanes = [...this.lanes.values()].reduce((sum, lane) => sum + lane.messages + lane.deadLetters, 0);
    return [...this.tables.values()].reduce((sum, rows) => sum + rows, lanes);
  }

  readonly erasure = new OrganizationErasure({
    storage: {
      erasure: {
        footprint: async () => {
          this.happen();
          return [...this.tables].map(([table, rows]) => ({ table, rows, bytes: rows }));
        },
        erase: async (_, table) => {
          this.happen();
          const rows = this.tables.get(table) ?? 0;
          this.tables.set(table, 0);
          return rows;
        },
        purge: async () => {
          this.happen();
          return 7;
        },
      },
    },
    logMetrics: {
      forget: async () => {
        this.happen();
        const { logSeries } = this;
        this.logSeries = 0;
        return logSeries;
      },
    },
    queue: {
      forgetLane: async (stream) => {
        this.happen();
        const lane = this.lanes.get(stream) ?? { messages: 0, deadLetters: 0 };
        this.lanes.set(stream, { messages: 0, deadLetters: 0 });
        return lane;
      },
    },
    nowMs: () => this.nowMs,
    pause: async (ms) => {
      this.pauses.push(ms);
      this.nowMs += ms;
    },
  });

  private happen(): void {
    this.calls += 1;
    this.before(this.calls);
  }
}

const counted = ({ steps }: ErasureReport) =>
  steps.filter(({ what }) => what !== 'replaced-files').reduce((sum, { rowsBefore }) => sum + rowsBefore, 0);

describe('OrganizationErasure', () => {
  it('erases every place, waits for writers that do not know yet, looks again, and proves it', async () => {
    const place = new Place();
    place.write('logs', 100);
    place.append('logs:raw', 3, 2);
    place.logSeries = 6;
    const reports: ErasureReport[] = [];
    const report = await place.erasure.run(ORG, async (next) => void reports.push(next));
    expect(place.left).toBe(0);
    expect(place.pauses).toEqual([WRITERS_MS]);
    expect(ErasureReport.parse(report)).toEqual(report);
    const steps = Object.fromEntries(report.steps.map(({ what, rowsBefore }) => [what, rowsBefore]));
    expect(steps).toMatchObject({
      'table:logs': 100,
      'queue:logs:raw': 3,
      'dead-letters:logs:raw': 2,
      'log-metrics': 6,
    });
    expect(report.steps).toHaveLength(TABLES.length + 2 * STREAMS.length + 2);
    expect(report.steps.every(({ rowsAfter, finishedAt }) => rowsAfter === 0 && finishedAt !== null)).toBe(true);
    expect(Date.parse(report.finishedAt ?? '') - Date.parse(report.startedAt)).toBe(WRITERS_MS);
    // What there is in all is told before anything is done to it.
    expect(reports[0]?.steps).toContainEqual({ what: 'table:logs', rowsBefore: 100, rowsAfter: 100, finishedAt: null });
    const progress = reports.map(erasureProgress);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect([progress[0], progress.at(-1)]).toEqual([0, 1]);
    expect(reports.at(-1)).toEqual(report);
  });

  it('erases what a worker stored and a gateway took while it went on', async () => {
    const place = new Place();
    place.write('logs', 10);
    // The pause is over: a writer was the last to know.
    place.before = (call) => {
      if (place.pauses.length === 1 && call % 2 === 0 && place.written < 20) {
        place.write('metric_samples', 4);
        place.append('rum:raw', 1);
      }
    };
    const report = await place.erasure.run(ORG, async () => undefined);
    expect(place.left).toBe(0);
    expect(place.written).toBe(20);
    expect(counted(report)).toBe(20);
  });

  it('fails when something goes on writing, rather than say that it is done', async () => {
    const place = new Place();
    place.before = () => place.write('logs', 1);
    await expect(place.erasure.run(ORG, async () => undefined)).rejects.toThrow('still writes');
  });

  it('ends with nothing wherever it is cut off, counts no row twice, and every row if it is not', async () => {
    const event = fc.record({
      call: fc.nat(30),
      table: fc.constantFrom(...TABLES),
      rows: fc.nat(5),
      messages: fc.nat(2),
    });
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 8 }), cuts, async (events, cutsAt) => {
        const place = new Place();
        place.write('logs', 50);
        place.before = (call) => {
          // Writers are through when the pause is.
          const now = place.pauses.length > 0 ? [] : events.filter((one) => one.call === call);
          for (const { table, rows, messages } of now) {
            place.write(table, rows);
            place.append('logs:raw', messages);
          }
          if (cutsAt.includes(call)) {
            throw new Error('cut off');
          }
        };
        let stored: ErasureReport | undefined;
        const store = async (report: ErasureReport) => {
          stored = structuredClone(report);
        };
        for (let run = 0; stored?.finishedAt == null; run += 1) {
          expect(run).toBeLessThanOrEqual(cutsAt.length);
          await place.erasure.run(ORG, store, stored).catch((error: Error) => expect(error.message).toBe('cut off'));
        }
        expect(place.left).toBe(0);
        expect(counted(stored)).toBeLessThanOrEqual(place.written);
        expect(counted(stored)).toBeGreaterThanOrEqual(cutsAt.length === 0 ? place.written : 50);
      }),
      { numRuns: 200 },
    );
  });

  it('that is finished and is run again says the same, unless something came in', async () => {
    const place = new Place();
    place.write('logs', 5);
    const report = await place.erasure.run(ORG, async () => undefined);
    place.nowMs += 86_400_000;
    const told: ErasureReport[] = [];
    const tell = async (next: ErasureReport) => void told.push(next);
    expect(await place.erasure.run(ORG, tell, report)).toEqual(report);
    place.write('logs', 2);
    const again = await place.erasure.run(ORG, tell, report);
    expect(again.steps).toContainEqual(
      expect.objectContaining({ what: 'table:logs', rowsBefore: 7, rowsAfter: 0, finishedAt: again.finishedAt }),
    );
  });
});
