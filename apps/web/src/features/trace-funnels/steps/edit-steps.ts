import { EMPTY_STEP, type FunnelStep } from '../funnels-view.ts';

type Steps = readonly FunnelStep[];

/** The steps with one of them in another place. */
export function moveStep(steps: Steps, from: number, to: number): Steps {
  const moved = steps[from];
  if (moved === undefined || to < 0 || to >= steps.length) {
    return steps;
  }
  return steps.toSpliced(from, 1).toSpliced(to, 0, moved);
}

/** The steps with something else said of one of them. */
export function changeStep(steps: Steps, place: number, part: Partial<FunnelStep>): Steps {
  return steps.map((step, at) => (at === place ? { ...step, ...part } : step));
}

/** The steps with another one at their end. */
export function addStep(steps: Steps): Steps {
  return [...steps, EMPTY_STEP];
}

/** The steps without one of them. */
export function removeStep(steps: Steps, place: number): Steps {
  return steps.toSpliced(place, 1);
}
