import { type DetectorName, SCRUB_STRATEGIES, type ScrubStrategy } from '@aegisguard/model';

/** What can become of a finding; truncation is for addresses. */
export type Strategy = ScrubStrategy | 'truncate';

/** As a choice. */
export const STRATEGY_CHOICE: Readonly<Record<Strategy, string>> = {
  redact: 'Redact',
  mask: 'Mask',
  hash: 'Hash',
  drop: 'Drop',
  keep: 'Keep',
  truncate: 'Truncate',
};

/** What each choice means. */
export const STRATEGY_MEANING: Readonly<Record<Strategy, string>> = {
  redact: 'the name of its kind stands there instead: [REDACTED:email]',
  mask: 'the last four characters stay, of an e-mail address its domain',
  hash: 'a keyed hash stands there: equal values stay recognizable as equal, and cannot be read back',
  drop: 'nothing stands there',
  keep: 'it is not looked for',
  truncate: 'the network stays (/24, /48), the host goes',
};

const DONE: Readonly<Record<string, string>> = {
  redact: 'redacted',
  mask: 'masked',
  hash: 'hashed',
  drop: 'dropped',
  truncate: 'truncated',
};

/** What was done with a finding. */
export function strategyDone(strategy: string): string {
  return DONE[strategy] ?? strategy;
}

/** What can be chosen for a kind. */
export function strategiesOf(kind: DetectorName): readonly Strategy[] {
  return kind === 'ip' ? ['truncate', ...SCRUB_STRATEGIES] : SCRUB_STRATEGIES;
}
