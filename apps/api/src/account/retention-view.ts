import {
  EVENTS_RETENTION_DAYS,
  type RetentionAnswer,
  type RetentionRule,
  type RetentionSettings,
  SIGNALS,
  type Signal,
  type StoredRetention,
} from '@aegisguard/model';
import type { z } from 'zod';

type SignalView = z.infer<typeof RetentionAnswer>['signals'][number];

/** What is set beside what the database really does; the tables of a signal are added up. */
export function retentionView(
  settings: RetentionSettings,
  stored: readonly StoredRetention[],
  logRules: readonly RetentionRule[],
): z.infer<typeof RetentionAnswer> {
  const days = { ...settings, events: EVENTS_RETENTION_DAYS };
  const signals = SIGNALS.map((signal) => signalView(signal, days[signal], stored));
  return { signals, logRules: [...logRules] };
}

function signalView(signal: Signal, settingDays: number, all: readonly StoredRetention[]): SignalView {
  const bands = all.filter((table) => table.signal === signal).flatMap((table) => table.bands);
  const rowsByDays = new Map<number, number>();
  for (const { days, rows } of bands) {
    rowsByDays.set(days, (rowsByDays.get(days) ?? 0) + rows);
  }
  return {
    signal,
    settingDays,
    rows: bands.reduce((sum, { rows }) => sum + rows, 0),
    oldest: instant(
      bands.map(({ oldestMs }) => oldestMs),
      Math.min,
    ),
    newest: instant(
      bands.map(({ newestMs }) => newestMs),
      Math.max,
    ),
    stored: [...rowsByDays].map(([days, rows]) => ({ days, rows })).sort((a, b) => a.days - b.days),
    lastExpiry: instant(
      bands.map(({ expiresAtMs }) => expiresAtMs),
      Math.max,
    ),
  };
}

function instant(times: readonly number[], pick: (...times: number[]) => number): string | null {
  return times.length === 0 ? null : new Date(pick(...times)).toISOString();
}
