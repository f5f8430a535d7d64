import { type ReactNode, useMemo } from 'react';
import { classNames } from '../../../lib/class-names.ts';
import { formatBytes, formatCount, formatElapsed } from '../../../lib/number-format.ts';
import { absoluteRange, type TimeRange } from '../../../lib/time-range.ts';
import type { Run } from '../../../lib/use-run.ts';
import { Section } from '../../../ui/section.tsx';
import type { FunnelsView } from '../funnels-view.ts';
import type { AnsweredFunnel } from '../use-funnel.ts';
import { FunnelBars } from './funnel-bars.tsx';
import { FunnelOverTime } from './funnel-over-time.tsx';
import { FunnelTraces } from './funnel-traces.tsx';
import { shareWords } from './share-words.ts';
import { TransitionsTable } from './transitions-table.tsx';

function Summary({ funnel: { answer } }: { readonly funnel: AnsweredFunnel }): ReactNode {
  const { steps, stats } = answer;
  const last = steps.at(-1);
  return (
    <p role="status" className="tabular-nums">
      {formatCount(last?.traceCount ?? 0)} of {formatCount(steps[0]?.traceCount ?? 0)} traces came through,{' '}
      {shareWords(last?.shareOfFirst ?? null)}.{' '}
      <span className="text-subtle text-xs">
        {formatCount(stats.rowsRead)} rows, {formatBytes(stats.bytesRead)} read in {formatElapsed(stats.elapsedMs)}
      </span>
    </p>
  );
}

/** How traces go through the steps: the funnel, its figures, its course, and traces that stand for the others. */
export function FunnelResult({
  orgId,
  funnel,
  view,
  run,
  isOld,
  onAt,
  onRange,
}: {
  readonly orgId: string;
  readonly funnel: AnsweredFunnel;
  readonly view: FunnelsView;
  readonly run: Run;
  /** The next answer is on its way. */
  readonly isOld: boolean;
  readonly onAt: (at: number | undefined) => void;
  readonly onRange: (range: TimeRange) => void;
}): ReactNode {
  const { startMs, endMs } = run.range;
  const range = useMemo(() => ({ fromMs: startMs, toMs: endMs }), [startMs, endMs]);
  // Of steps that are gone nothing can be listed.
  const at = view.at !== undefined && view.at <= funnel.steps.length ? view.at : undefined;
  return (
    <div aria-busy={isOld} className={classNames('flex flex-col gap-3', isOld && 'opacity-60')}>
      <Section title="Funnel" description={<Summary funnel={funnel} />} className="p-3">
        <FunnelBars funnel={funnel} at={at} onAt={onAt} />
      </Section>
      <Section title="From step to step" className="overflow-x-auto p-0">
        <TransitionsTable funnel={funnel} />
      </Section>
      <FunnelTraces orgId={orgId} funnel={funnel} range={view.range} at={at} onAt={onAt} />
      <Section title="Over time" description="Traces by the time at which they entered." className="p-3">
        <FunnelOverTime
          funnel={funnel}
          range={range}
          onZoom={({ fromMs, toMs }) => onRange(absoluteRange(fromMs, toMs))}
        />
      </Section>
    </div>
  );
}
