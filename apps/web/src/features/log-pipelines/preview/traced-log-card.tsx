import { ChevronRight } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { levelText } from '../../../charts/render/level-class.ts';
import { classNames } from '../../../lib/class-names.ts';
import { formatClockMs, formatDay, timestampMs } from '../../../lib/timestamp.ts';
import { Badge } from '../../../ui/badge.tsx';
import { daysWords } from '../../organization/retention-words.ts';
import { ChangeList } from './change-list.tsx';
import { MetricList } from './metric-list.tsx';
import { outcomeWords } from './outcome-words.ts';
import { RuleTraces } from './rule-traces.tsx';
import type { TracedLog } from './traced-log.ts';

/** `0.12 ms`. */
function tookWords(ms: number): string {
  return `${ms < 0.01 ? '< 0.01' : ms.toFixed(ms < 10 ? 2 : 0)} ms`;
}

/** A log before and after the rules, and open what each step did. */
export function TracedLogCard({ log }: { readonly log: TracedLog }): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const { number, before, after, outcome, changes, rules, metrics, retentionDays, tookMs } = log;
  const { words, tone, by } = outcomeWords(outcome);
  const isMessageNew = changes.some(({ place }) => place === 'message');
  const atMs = timestampMs(before.timestamp);
  return (
    <li
      aria-label={`Log ${number}`}
      className="flex min-w-0 flex-col gap-2 rounded-lg border border-line bg-surface p-2.5"
    >
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs">
        <time dateTime={before.timestamp} title={before.timestamp} className="text-subtle tabular-nums">
          {formatDay(atMs)} {formatClockMs(atMs)}
        </time>
        <span className={`font-medium uppercase ${levelText(before.level)}`}>{before.level}</span>
        <span className="min-w-0 truncate text-muted">{before.service}</span>
        <span className="ml-auto flex flex-wrap items-center gap-1.5">
          {retentionDays === null ? null : <Badge>kept {daysWords(retentionDays)}</Badge>}
          <Badge tone={tone}>{words}</Badge>
        </span>
      </div>
      {isMessageNew ? null : (
        <p
          className={classNames(
            'max-h-40 overflow-y-auto whitespace-pre-wrap break-words font-mono text-xs leading-5 [overflow-wrap:anywhere]',
            after === null && 'text-muted',
          )}
        >
          {before.message}
        </p>
      )}
      {by === '' ? null : (
        <p className="text-xs">
          {words} {by}
          {outcome.kind === 'failed' ? `: ${outcome.step.error}. The log is stored as it was before that rule.` : '.'}
        </p>
      )}
      {changes.length === 0 ? null : <ChangeList label={`Changes of log ${number}`} changes={changes} />}
      {metrics.length === 0 ? null : <MetricList label={`Metrics of log ${number}`} metrics={metrics} />}
      {rules.length === 0 ? null : (
        <>
          <div className="-mb-1 flex items-center justify-between gap-2 text-xs">
            <button
              type="button"
              aria-expanded={isOpen}
              aria-controls={id}
              className="flex h-6 items-center gap-1 rounded text-muted hover:text-text"
              onClick={() => setOpen(!isOpen)}
            >
              <ChevronRight
                aria-hidden
                className={classNames('size-3.5 transition-transform', isOpen && 'rotate-90')}
              />
              Step by step
            </button>
            <span
              className="text-subtle tabular-nums"
              title="Time that the rules took; a log may take 50 ms of the processor"
            >
              {tookWords(tookMs)}
            </span>
          </div>
          {isOpen ? (
            <div id={id}>
              <RuleTraces rules={rules} />
            </div>
          ) : null}
        </>
      )}
    </li>
  );
}
