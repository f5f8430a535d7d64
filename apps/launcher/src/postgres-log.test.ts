import { beforeEach, describe, expect, it } from 'vitest';
import { PostgresLog } from './postgres-log.ts';

let said: string[] = [];
let nowMs = 0;
let log: PostgresLog;
beforeEach(() => {
  said = [];
  nowMs = 0;
  log = new PostgresLog(
    (line) => said.push(line),
    () => nowMs,
  );
});

describe('PostgresLog', () => {
  it.each([
    'WARNING:  could not flush dirty data: No space left on device',
    'ERROR:  could not extend file "base/16384/2601": No space left on device',
    'FATAL:  sorry, too many clients already',
    'PANIC:  could not write to file "pg_wal/xlogtemp.1": No space left on device',
  ])('passes on %s', (line) => {
    log.hear(line);
    expect(said).toEqual([`postgres: ${line}`]);
  });

  it.each([
    'LOG:  database system is ready to accept connections',
    'HINT:  Is another postmaster running?',
    'DETAIL:  Key (email)=(ada@example.com) already exists.',
    "STATEMENT:  INSERT INTO users VALUES ('WARNING: ada@example.com')",
    '\tERROR: a second line of something',
    'FATAL:  terminating connection due to administrator command',
    'FATAL:  the database system is shutting down',
    'stopping a PostgreSQL server (pid 1) that an earlier run left behind',
    '',
  ])('keeps %j to itself', (line) => {
    log.hear(line);
    expect(said).toEqual([]);
  });

  it('says twenty lines a minute, and how many it left out', () => {
    for (let i = 0; i < 50; i++) log.hear(`ERROR:  number ${i}`);
    nowMs = 59_999;
    log.hear('ERROR:  still the same minute');
    expect(said).toHaveLength(20);
    expect(said.at(-1)).toBe('postgres: ERROR:  number 19');
    nowMs = 60_000;
    log.hear('ERROR:  another');
    expect(said.slice(20)).toEqual(['postgres: 31 more such lines were left out', 'postgres: ERROR:  another']);
  });
});
