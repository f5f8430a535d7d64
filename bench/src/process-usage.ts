import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

const TICKS_PER_SECOND = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** CPU seconds that a process has used, user and system (proc(5), fields 14 and 15 of stat). */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

const IDLE_SHARE = 0.05;
const IDLE_MS = 2_000;
const IDLE_MS_MAX = 120_000;

/** Waits until a process has for two seconds used less than a twentieth of a processor: what it does with what it was given is over. */
export async function idle(pid: number): Promise<void> {
  const startedMs = performance.now();
  for (let before = cpuSeconds(pid); performance.now() - startedMs < IDLE_MS_MAX; before = cpuSeconds(pid)) {
    await delay(IDLE_MS);
    if ((cpuSeconds(pid) - before) * 1000 < IDLE_MS * IDLE_SHARE) {
      return;
    }
  }
}

/** Highest resident memory of a process so far, in MB (VmHWM). */
export function peakRssMb(pid: number): number {
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1024;
}

/** Bytes of the files under a directory. */
function diskBytes(path: string): number {
  // Files may go while it looks: it then complains, and its sum is what is there.
  return Number(spawnSync('du', ['-sb', path], { encoding: 'utf8' }).stdout.split('\t', 1)[0]);
}

const QUIET_MS = 15_000;
const SETTLE_MS_MAX = 120_000;

/** Bytes of the files under a directory once merging and removing of old parts have come to rest. */
export async function settledDiskBytes(path: string): Promise<number> {
  const startedMs = performance.now();
  let bytes = diskBytes(path);
  let changedMs = startedMs;
  while (performance.now() - changedMs < QUIET_MS && performance.now() - startedMs < SETTLE_MS_MAX) {
    await delay(1000);
    const now = diskBytes(path);
    if (now !== bytes) {
      bytes = now;
      changedMs = performance.now();
    }
  }
  return bytes;
}
