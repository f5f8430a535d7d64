import type { FunnelStepView } from '@aegisguard/model';
import { CornerDownRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatUnit } from '../../../charts/metrics/format-unit.ts';
import { formatCount } from '../../../lib/number-format.ts';
import { type FunnelStep, nameOfStep } from '../funnels-view.ts';
import type { AnsweredFunnel } from '../use-funnel.ts';
import { shareWords } from './share-words.ts';

/** What was lost since the step before. */
const LOST = 'bg-[repeating-linear-gradient(135deg,var(--line-strong)_0_1px,transparent_1px_6px)]';

function percent(share: number): string {
  return `${(share * 100).toFixed(3)}%`;
}

/** How many came from the step before, and how long it took them. */
function Transition({ step, lost }: { readonly step: FunnelStepView; readonly lost: number }): ReactNode {
  const { latency } = step;
  return (
    <p className="flex items-start gap-1.5 pb-1.5 text-muted text-xs tabular-nums">
      <CornerDownRight aria-hidden className="mt-0.5 size-3.5 shrink-0 text-subtle" />
      <span>
        {step.shareOfPrevious === null ? (
          'None came so far'
        ) : (
          <>
            <span className="font-medium text-text">{shareWords(step.shareOfPrevious)}</span> went on,{' '}
            {formatCount(lost)} lost
          </>
        )}
        {latency === null ? null : (
          <>
            {' · '}half within {formatUnit(latency.p50Ms, 'ms')}, 95% within {formatUnit(latency.p95Ms, 'ms')}
          </>
        )}
      </span>
    </p>
  );
}

function Bar({
  step,
  before,
}: {
  readonly step: FunnelStepView;
  readonly before: FunnelStepView | undefined;
}): ReactNode {
  const share = step.shareOfFirst ?? 0;
  const failed = step.traceCount === 0 ? 0 : (share * step.errorCount) / step.traceCount;
  const lost = (before?.shareOfFirst ?? share) - share;
  return (
    <span aria-hidden className="flex h-7 w-full overflow-hidden rounded bg-hover">
      <span className="h-full bg-series-1" style={{ width: percent(share - failed) }} />
      <span className="h-full bg-danger" style={{ width: percent(failed) }} />
      <span className={`h-full ${LOST}`} style={{ width: percent(lost) }} />
    </span>
  );
}

function Step({
  step,
  said,
  place,
  before,
  isOpen,
  onOpen,
}: {
  readonly step: FunnelStepView;
  readonly said: FunnelStep;
  readonly place: number;
  readonly before: FunnelStepView | undefined;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
}): ReactNode {
  return (
    <li>
      {before === undefined ? null : <Transition step={step} lost={before.droppedCount} />}
      <button
        type="button"
        aria-pressed={isOpen}
        title="List traces of this step"
        className="w-full rounded-md p-1.5 text-left hover:bg-hover aria-pressed:bg-selected"
        onClick={onOpen}
      >
        <span className="mb-1 flex flex-wrap items-baseline gap-x-2">
          <span className="text-subtle tabular-nums">{place}</span>
          <span className="min-w-0 flex-1 basis-40 break-words font-medium">{nameOfStep(said)}</span>
          <span className="whitespace-nowrap text-xs tabular-nums">
            {step.errorCount === 0 ? null : (
              <span className="mr-2 text-danger">
                {formatCount(step.errorCount)} with {step.errorCount === 1 ? 'an error' : 'errors'}
              </span>
            )}
            {formatCount(step.traceCount)} {step.traceCount === 1 ? 'trace' : 'traces'}
            <span className="ml-2 font-medium">{shareWords(step.shareOfFirst)}</span>
          </span>
        </span>
        <Bar step={step} before={before} />
      </button>
    </li>
  );
}

function Legend(): ReactNode {
  return (
    <p aria-hidden className="mb-2 flex flex-wrap gap-x-4 gap-y-1 px-1.5 text-muted text-xs">
      {(
        [
          ['passed', 'bg-series-1'],
          ['passed with an error', 'bg-danger'],
          ['lost since the step before', `${LOST} border border-line-strong`],
        ] as const
      ).map(([words, look]) => (
        <span key={words} className="flex items-center gap-1.5">
          <span className={`size-3 rounded-sm ${look}`} />
          {words}
        </span>
      ))}
    </p>
  );
}

/** Every step as a bar, as long as the share of the traces that came so far. */
export function FunnelBars({
  funnel: { answer, steps },
  at,
  onAt,
}: {
  readonly funnel: AnsweredFunnel;
  /** The step whose traces are listed, from 1 on. */
  readonly at: number | undefined;
  readonly onAt: (at: number | undefined) => void;
}): ReactNode {
  return (
    <>
      <Legend />
      <ol aria-label="Steps of the funnel">
        {answer.steps.map((step, index) => {
          const said = steps[index];
          const place = index + 1;
          return said === undefined ? null : (
            <Step
              key={place}
              step={step}
              said={said}
              place={place}
              before={answer.steps[index - 1]}
              isOpen={at === place}
              onOpen={() => onAt(at === place ? undefined : place)}
            />
          );
        })}
      </ol>
    </>
  );
}
