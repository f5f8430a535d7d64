import type { FunnelTraceView } from '@aegisguard/model';
import { Search } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { Link } from 'react-router';
import { tracesPath } from '../../../app/paths.ts';
import { formatUnit } from '../../../charts/metrics/format-unit.ts';
import type { TimeRange } from '../../../lib/time-range.ts';
import { formatClockMs, formatDay, formatLocal, localZone, timestampMs } from '../../../lib/timestamp.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { Section } from '../../../ui/section.tsx';
import { Select } from '../../../ui/select.tsx';
import { spanPath } from '../../traces/list/trace-links.ts';
import { nameOfStep } from '../funnels-view.ts';
import { tracesOfSteps } from '../step-query.ts';
import type { AnsweredFunnel } from '../use-funnel.ts';

/** Traces under what they have in common. */
interface TraceGroup {
  readonly title: string;
  readonly traces: readonly FunnelTraceView[];
  /** The latency is of interest. */
  readonly isTimed: boolean;
  readonly none: string;
}

function groupsOf({ answer, steps }: AnsweredFunnel, at: number | undefined): readonly TraceGroup[] {
  const step = at === undefined ? undefined : answer.steps[at - 1];
  if (at === undefined || step === undefined) {
    const none = 'No trace passed all steps.';
    return [{ title: 'Slowest from the first step to the last', traces: answer.slowestTraces, isTimed: true, none }];
  }
  const slowest = {
    title: `Slowest since step ${at - 1}`,
    traces: step.slowestTraces,
    isTimed: true,
    none: 'No trace passed this step.',
  };
  const failed = {
    title: 'With an error in this step',
    traces: step.failedTraces,
    isTimed: at > 1,
    none: 'None has an error in this step.',
  };
  const lost = { title: 'Lost after this step', traces: step.droppedTraces, isTimed: false, none: 'None was lost.' };
  return [...(at === 1 ? [] : [slowest]), failed, ...(at === steps.length ? [] : [lost])];
}

function Row({
  orgId,
  trace,
  isTimed,
}: {
  readonly orgId: string;
  readonly trace: FunnelTraceView;
  readonly isTimed: boolean;
}): ReactNode {
  const ms = timestampMs(trace.enteredAt);
  return (
    <li className="flex items-baseline gap-x-2 border-line border-t px-4 py-1.5 hover:bg-hover max-sm:flex-wrap">
      <Link
        to={spanPath(orgId, trace.traceId, trace.spanId)}
        title={trace.traceId}
        className="min-w-0 flex-1 truncate text-accent hover:underline max-sm:basis-full"
      >
        {[trace.rootService, trace.rootName].filter((part) => part !== '').join(' · ') || trace.traceId}
      </Link>
      {trace.isError ? <Badge tone="danger">error</Badge> : null}
      <time
        dateTime={trace.enteredAt}
        title={`${formatLocal(ms)} ${localZone(ms)}`}
        className="whitespace-nowrap text-xs tabular-nums"
      >
        <span className="text-subtle">{formatDay(ms)}</span> {formatClockMs(ms)}
      </time>
      {isTimed ? (
        <span className="w-16 shrink-0 text-right text-xs tabular-nums">{formatUnit(trace.latencyMs, 'ms')}</span>
      ) : null}
    </li>
  );
}

function Group({ orgId, group }: { readonly orgId: string; readonly group: TraceGroup }): ReactNode {
  return (
    <div className="min-w-0 break-inside-avoid">
      <h3 className="px-4 pt-3 pb-2 font-medium">{group.title}</h3>
      {group.traces.length === 0 ? (
        <p className="border-line border-t px-4 py-2 text-muted">{group.none}</p>
      ) : (
        <ul aria-label={group.title}>
          {group.traces.map((trace) => (
            <Row key={trace.traceId} orgId={orgId} trace={trace} isTimed={group.isTimed} />
          ))}
        </ul>
      )}
    </div>
  );
}

/** Traces that stand for the others: of the whole funnel, or of one of its steps. */
export function FunnelTraces({
  orgId,
  funnel,
  range,
  at,
  onAt,
}: {
  readonly orgId: string;
  readonly funnel: AnsweredFunnel;
  readonly range: TimeRange;
  readonly at: number | undefined;
  readonly onAt: (at: number | undefined) => void;
}): ReactNode {
  const { steps } = funnel;
  const query = useMemo(() => tracesOfSteps(steps.slice(0, at ?? steps.length)), [steps, at]);
  const groups = groupsOf(funnel, at);
  return (
    <Section
      title="Traces"
      className="p-0"
      actions={
        <>
          {query === undefined ? null : (
            <Button asChild size="sm" title="Traces with a span of each step up to here, in whatever order">
              <Link to={`${tracesPath(orgId)}?${new URLSearchParams({ q: query, ...range })}`}>
                <Search aria-hidden />
                Open as a search
              </Link>
            </Button>
          )}
          <Select
            aria-label="Whose traces"
            className="w-64 max-w-full"
            value={at ?? ''}
            onChange={({ target }) => onAt(target.value === '' ? undefined : Number(target.value))}
          >
            <option value="">The whole funnel</option>
            {steps.map((step, index) => {
              const place = index + 1;
              return (
                <option key={place} value={place}>
                  {place}: {nameOfStep(step)}
                </option>
              );
            })}
          </Select>
        </>
      }
    >
      <div className={groups.length === 1 ? '' : 'lg:columns-2 lg:gap-0'}>
        {groups.map((group) => (
          <Group key={group.title} orgId={orgId} group={group} />
        ))}
      </div>
    </Section>
  );
}
