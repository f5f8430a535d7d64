import { FUNNEL_STEPS_MAX } from '@aegisguard/model';
import { Plus } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { announce } from '../../../lib/announcements.ts';
import type { ApiError } from '../../../lib/api-error.ts';
import type { ResolvedRange } from '../../../lib/time-range.ts';
import { Button } from '../../../ui/button.tsx';
import type { FunnelStep } from '../funnels-view.ts';
import { addStep, changeStep, moveStep, removeStep } from './edit-steps.ts';
import { StepCard } from './step-card.tsx';

const STEPS_MIN = 2;

/** Places are what steps are told apart by: two of them may say the same. */
const PLACES = Array.from({ length: FUNNEL_STEPS_MAX }, (_, place) => `step ${place + 1}`);

/** Where the focus goes once steps have changed their places. */
interface NextFocus {
  readonly place: number;
  readonly move: 'up' | 'down' | undefined;
}

/** Puts the focus where the step went that was moved by its buttons, or to the step that was added. */
function useNextFocus(steps: readonly FunnelStep[]) {
  const list = useRef<HTMLOListElement>(null);
  const next = useRef<NextFocus>(undefined);
  useEffect(() => {
    const wanted = next.current;
    const card = wanted && steps.length > wanted.place ? list.current?.children[wanted.place] : undefined;
    if (wanted === undefined || card === undefined || card === null) {
      return;
    }
    next.current = undefined;
    const buttons = [...card.querySelectorAll<HTMLButtonElement>('[data-move]:not(:disabled)')];
    const button = buttons.find(({ dataset }) => dataset.move === wanted.move) ?? buttons[0];
    (wanted.move === undefined ? card.querySelector('input') : button)?.focus();
  }, [steps]);
  return { list, next };
}

/** The steps: chosen, named, put in order, added and taken away. */
export function StepsForm({
  orgId,
  range,
  steps,
  stepsNow,
  error,
  onChange,
}: {
  readonly orgId: string;
  readonly range: ResolvedRange;
  readonly steps: readonly FunnelStep[];
  /** The same as they are by now, when they are not drawn yet. */
  readonly stepsNow: () => readonly FunnelStep[];
  /** What is wrong with the query of a step, from 1 on. */
  readonly error: { readonly step: number; readonly problem: ApiError } | undefined;
  readonly onChange: (steps: readonly FunnelStep[]) => void;
}): ReactNode {
  const { list, next } = useNextFocus(steps);
  const move = (from: number, to: number): void => {
    if (from === to) {
      return;
    }
    next.current = { place: to, move: to < from ? 'up' : 'down' };
    announce(`Step ${from + 1} is step ${to + 1} now.`);
    onChange(moveStep(stepsNow(), from, to));
  };
  return (
    <section aria-label="Steps" className="flex flex-col gap-2">
      <ol ref={list} className="flex flex-col gap-2">
        {steps.map((step, place) => (
          <StepCard
            key={PLACES[place]}
            orgId={orgId}
            range={range}
            step={step}
            place={place}
            count={steps.length}
            canRemove={steps.length > STEPS_MIN}
            error={error?.step === place + 1 ? error.problem : undefined}
            onChange={(part) => onChange(changeStep(stepsNow(), place, part))}
            onMove={move}
            onRemove={() => {
              next.current = { place: Math.max(0, place - 1), move: 'up' };
              announce(`Step ${place + 1} is removed.`);
              onChange(removeStep(stepsNow(), place));
            }}
          />
        ))}
      </ol>
      <Button
        className="self-start"
        disabled={steps.length >= FUNNEL_STEPS_MAX}
        onClick={() => {
          next.current = { place: steps.length, move: undefined };
          onChange(addStep(stepsNow()));
        }}
      >
        <Plus aria-hidden />
        Add a step
      </Button>
    </section>
  );
}
