import type { PipelineMetric } from '@aegisguard/model';
import type { ReactNode } from 'react';

const DEED = { add: '+', set: '=', observe: '∋' } as const;
const DEED_WORDS = { add: 'adds', set: 'is set to', observe: 'observes' } as const;

/** What a log does to metrics of the rules. */
export function MetricList({
  label,
  metrics,
}: {
  readonly label: string;
  readonly metrics: readonly PipelineMetric[];
}): ReactNode {
  return (
    <ul aria-label={label} className="flex flex-col gap-0.5 font-mono text-xs leading-5">
      {metrics.map(({ name, labels, action, value }) => {
        const series = Object.entries(labels).map(([each, text]) => `${each}=${JSON.stringify(text)}`);
        const text = `${name}${series.length === 0 ? '' : `{${series.join(', ')}}`}`;
        return (
          <li key={`${text} ${action} ${value}`} className="break-words [overflow-wrap:anywhere]">
            <span className="text-muted">{text}</span>{' '}
            <span aria-hidden className="text-accent">
              {DEED[action]}
            </span>
            <span className="sr-only">{DEED_WORDS[action]}</span> <span className="text-syntax-number">{value}</span>
          </li>
        );
      })}
    </ul>
  );
}
