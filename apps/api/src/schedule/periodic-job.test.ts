import { Writable } from 'node:stream';
import { pino } from 'pino';
import { expect, it, vi } from 'vitest';
import { PeriodicJob } from './periodic-job.ts';

const silent = pino({ level: 'silent' });

it('runs at once and again, one run at a time', async () => {
  let runs = 0;
  let under = 0;
  const work = {
    name: 'count',
    pauseMs: 1,
    run: async () => {
      under += 1;
      expect(under).toBe(1);
      await new Promise(setImmediate);
      under -= 1;
      runs += 1;
    },
  };
  const job = new PeriodicJob(work, silent);
  job.start();
  await vi.waitFor(() => expect(runs).toBeGreaterThan(3), 30_000);
  await job.stop(60_000);
  const atStop = runs;
  await new Promise(setImmediate);
  expect(runs).toBe(atStop);
  expect(under).toBe(0);
});

it('goes on after a failure, which is in the log with the job’s name', async () => {
  const lines: string[] = [];
  const sink = new Writable({
    write(line, _encoding, done) {
      lines.push(String(line));
      done();
    },
  });
  let runs = 0;
  const run = async () => {
    runs += 1;
    throw new Error('the store is away');
  };
  const job = new PeriodicJob({ name: 'rollups', pauseMs: 1, run }, pino(sink));
  job.start();
  await vi.waitFor(() => expect(runs).toBeGreaterThan(1), 30_000);
  await job.stop(60_000);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ job: 'rollups', err: { message: 'the store is away' } });
});

it('begins after its time, and not at all when it is stopped before', async () => {
  let runs = 0;
  const run = async () => {
    runs += 1;
  };
  const later = new PeriodicJob({ name: 'later', firstAfterMs: 1, pauseMs: 1, run }, silent);
  later.start();
  await vi.waitFor(() => expect(runs).toBeGreaterThan(1), 30_000);
  await later.stop(60_000);
  const atStop = runs;
  const never = new PeriodicJob({ name: 'never', firstAfterMs: 3_600_000, pauseMs: 1, run }, silent);
  never.start();
  await never.stop(60_000);
  expect(runs).toBe(atStop);
});

it('stops at once in a pause, and does not wait for ever for a run', async () => {
  const paused = new PeriodicJob({ name: 'paused', pauseMs: 3_600_000, run: async () => undefined }, silent);
  paused.start();
  await paused.stop(60_000);
  const hanging = new PeriodicJob({ name: 'hanging', pauseMs: 1, run: () => new Promise(() => undefined) }, silent);
  hanging.start();
  await hanging.stop(1);
});
