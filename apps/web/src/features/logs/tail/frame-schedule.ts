/** Nobody reads faster than this, and every drawing costs. */
const BETWEEN_MS = 100;

/** Calls back on an animation frame, at most ten times a second; asked several times before that, it calls the last one. A hidden page has no frames. */
export function frameSchedule(): (draw: () => void) => void {
  let waiting: (() => void) | undefined;
  let lastMs = 0;
  const onFrame = (nowMs: number): void => {
    if (nowMs - lastMs < BETWEEN_MS) {
      requestAnimationFrame(onFrame);
      return;
    }
    lastMs = nowMs;
    const draw = waiting;
    waiting = undefined;
    draw?.();
  };
  return (draw) => {
    if (waiting === undefined) {
      requestAnimationFrame(onFrame);
    }
    waiting = draw;
  };
}
