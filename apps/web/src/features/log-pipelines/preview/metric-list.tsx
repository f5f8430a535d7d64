import type { PipelineMetric } from '@aegisguard/model';
import type { ReactNode } from 'react';

const DEED = { add: '+', set: '=', observe: '∋' } as const;
const DEED_WORDS = { add: 'adds', set: 'is set to', observe: 'observes' } as const;

function seriesText({ name, labels }: PipelineMetric): string {
  const pairs = Object.entries(labels).map(([label, text]) => `${label}=${JSON.stringify(text)}`);
  return pairs.length === 0 ? name : `${name}{${pairs.join(', ')}}`;
}

/** What a log does to metrics of the rules; what it does alike several times is said once. */
export function MetricList({
  label,
  metrics,
}: {
  readonly label: string;
  readonly metrics: readonly PipelineMetric[];
}): ReactNode {
  const alike = Map.groupBy(metrics, (metric) => `${seriesText(metric)} ${metric.action} ${metric.value}`);
  return (
    <ul aria-label={label} className="flex flex-col gap-0.5 font-mono text-xs leading-5">
      {[...alike].map(([key, [metric, ...more]]) =>
        metric === undefined ? null : (
          <li key={key} className="break-words [overflow-wrap:anywhere]">
            <span className="text-muted">{seriesText(metric)}</span>{' '}
            <span aria-hidden className="text-accent">
              {DEED[metric.action]}
            </span>
            <span className="sr-only">{DEED_WORDS[metric.action]}</span>{' '}
            <span className="text-syntax-number">{metric.value}</span>
            {more.length === 0 ? null : <span className="text-subtle"> ×{more.length + 1}</span>}
          </li>
        ),
      )}
    </ul>
  );
}
