import type { RetentionAnswer, RetentionSettings } from '@aegisguard/model';
import { formatCount } from '../../lib/number-format.ts';

/** What is kept of one signal. */
export type KeptSignal = RetentionAnswer['signals'][number];

/** A signal whose days can be set. */
export type RetentionSignal = keyof RetentionSettings;

/** The signals in the order of the page. */
export const RETENTION_SIGNALS = ['logs', 'metrics', 'traces', 'rum'] as const satisfies readonly RetentionSignal[];

/** What a record of a signal is called; several of them. */
export const RECORDS: Readonly<Record<RetentionSignal, { readonly title: string; readonly many: string }>> = {
  logs: { title: 'Logs', many: 'logs' },
  metrics: { title: 'Metrics', many: 'rows of metrics' },
  traces: { title: 'Traces', many: 'spans' },
  rum: { title: 'Real users', many: 'RUM events' },
};

/** `1 day`, `30 days`. */
export function daysWords(days: number): string {
  return days === 1 ? '1 day' : `${formatCount(days)} days`;
}

/** Rows by the days that they are really kept: `1,000 for 30 days, 284 for 7 days`. */
export function keptWords(stored: KeptSignal['stored']): string {
  return stored
    .toReversed()
    .map(({ days, rows }) => `${formatCount(rows)} for ${daysWords(days)}`)
    .join(', ');
}

/** Signals that are to be kept shorter than they are now. */
export function shortened(before: RetentionSettings, after: RetentionSettings): readonly RetentionSignal[] {
  return RETENTION_SIGNALS.filter((signal) => after[signal] < before[signal]);
}

/** Only the settings that differ. */
export function changedDays(before: RetentionSettings, after: RetentionSettings): Partial<RetentionSettings> {
  return Object.fromEntries(
    RETENTION_SIGNALS.filter((signal) => after[signal] !== before[signal]).map((signal) => [signal, after[signal]]),
  );
}

/** What another number of days does to what is stored; undefined when it does nothing. */
export function effectWords(
  signal: RetentionSignal,
  days: number,
  kept: KeptSignal,
  nowMs: number,
): string | undefined {
  const { many } = RECORDS[signal];
  if (days > kept.settingDays) {
    return kept.rows === 0
      ? undefined
      : `Only ${many} that come from now on are kept ${daysWords(days)}; what is stored keeps its days.`;
  }
  const longer = kept.stored.filter((band) => band.days > days).reduce((sum, { rows }) => sum + rows, 0);
  if (days === kept.settingDays || longer === 0) {
    return undefined;
  }
  const isOldestGone = kept.oldest !== null && Date.parse(kept.oldest) < nowMs - days * 86_400_000;
  return isOldestGone
    ? `Whatever is older than ${daysWords(days)} of the ${formatCount(longer)} ${many} is deleted; the rest is kept ${daysWords(days)}.`
    : `None is older than ${daysWords(days)} yet: the ${formatCount(longer)} ${many} that are stored will be deleted at that age.`;
}
