import type { Tone } from '../../../ui/badge.tsx';
import type { Outcome, TracedLog, TracedStep } from './traced-log.ts';

const PLAIN = {
  changed: { words: 'Changed', tone: 'accent' },
  same: { words: 'Not changed', tone: 'neutral' },
  'not-found': { words: 'No rule is for it', tone: 'neutral' },
} as const;

function dropWords({ kind }: TracedStep): string {
  return kind === 'sample' ? 'Sampled out' : kind === 'json' ? 'Dropped, no JSON' : 'Dropped';
}

/** What became of a log in a word or two, and where. */
export function outcomeWords(outcome: Outcome): { readonly words: string; readonly tone: Tone; readonly by: string } {
  if (outcome.kind !== 'dropped' && outcome.kind !== 'failed') {
    return { ...PLAIN[outcome.kind], by: '' };
  }
  const { rule, step } = outcome;
  const by = `by ${step.at === undefined ? 'the selector' : `step ${step.at + 1}`} of “${rule.name}”`;
  return outcome.kind === 'dropped'
    ? { words: dropWords(step), tone: 'danger', by }
    : { words: 'A rule failed', tone: 'warn', by: by.replace(/^by/, 'at') };
}

/** `Of 5 logs: 2 changed, 1 dropped.` */
export function previewWords(logs: readonly TracedLog[]): string {
  const count = (kind: TracedLog['outcome']['kind']): number =>
    logs.filter(({ outcome }) => outcome.kind === kind).length;
  const parts = [
    [count('changed'), 'changed'],
    [count('dropped'), 'dropped'],
    [count('failed'), 'left as they are, since a rule fails'],
  ] as const;
  const said = parts.filter(([number]) => number > 0).map(([number, words]) => `${number} ${words}`);
  return `Of ${logs.length === 1 ? '1 log' : `${logs.length} logs`}: ${said.length === 0 ? 'none changed' : said.join(', ')}.`;
}
