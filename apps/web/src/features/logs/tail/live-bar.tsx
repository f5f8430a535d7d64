import { Eraser, Pause, Play, RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from '../../../lib/class-names.ts';
import { Button } from '../../../ui/button.tsx';
import { Kbd } from '../../../ui/kbd.tsx';
import { keptWords, missedWords, stateWords, waitingWords } from './tail-words.ts';
import type { LiveTailControl } from './use-live-tail.ts';
import type { TailHold } from './use-tail-hold.ts';

/** How the tail goes, and the ways to stop and to empty it. */
export function LiveBar({
  tail,
  hold,
  onResume,
}: {
  readonly tail: LiveTailControl;
  readonly hold: TailHold;
  readonly onResume: () => void;
}): ReactNode {
  const { shown, start, clear } = tail;
  const missed = missedWords(shown.missed);
  const isStopped = shown.state === 'over' || shown.state === 'asleep';
  return (
    <div className="flex min-h-9 shrink-0 flex-wrap items-center gap-x-2 gap-y-1 border-line border-b bg-canvas px-3 py-1 text-muted text-xs">
      <span
        aria-hidden
        className={classNames(
          'size-2 shrink-0 rounded-full',
          shown.state === 'open' ? (hold.isHeld ? 'bg-warn' : 'bg-ok') : isStopped ? 'bg-subtle' : 'bg-warn',
        )}
      />
      <p className="min-w-0 flex-1 basis-40 tabular-nums">
        {/* Numbers change ten times a second: only how the tail is, is said aloud. */}
        <span role="status" className="text-text">
          {hold.isHeld ? 'Paused' : shown.state === 'open' ? 'Live' : stateWords(shown)}
        </span>
        {hold.isHeld ? ` · ${waitingWords(hold.waiting)}` : null}
        {shown.state === 'open' ? ` · ${stateWords(shown)}` : null}
        {` · ${keptWords(shown)}`}
        {missed === undefined ? null : (
          <span className="text-warn" title="More came than can be sent or read. Narrow the query to see all.">
            {` · ${missed}`}
            <span className="max-md:hidden">: more came than can be sent</span>
          </span>
        )}
      </p>
      {isStopped ? (
        <Button size="sm" onClick={start}>
          <RotateCw aria-hidden />
          Start again
        </Button>
      ) : null}
      <Button size="sm" variant="ghost" onClick={clear}>
        <Eraser aria-hidden />
        <span className="max-sm:sr-only">Clear</span>
      </Button>
      <Button size="sm" className="w-28 max-md:w-24" onClick={() => (hold.isHeld ? onResume() : hold.hold('asked'))}>
        {hold.isHeld ? <Play aria-hidden /> : <Pause aria-hidden />}
        {hold.isHeld ? 'Resume' : 'Pause'}
        <span className="max-md:hidden">
          <Kbd>space</Kbd>
        </span>
      </Button>
    </div>
  );
}
