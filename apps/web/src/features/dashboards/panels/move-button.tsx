import type { PanelGrid } from '@aegisguard/model';
import { Move } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { IconButton } from '../../../ui/icon-button.tsx';
import type { Nudge } from '../layout/nudge-layout.ts';

/** Buttons of this class are dragged with their panel; others are clicked. */
export const MOVE_CLASS = 'panel-move';

/** Moves and resizes by key what the pointer drags. */
export type OnNudge = (by: Nudge) => void;

const STEPS: Readonly<Record<string, Pick<Nudge, 'x' | 'y'>>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** What the pointer drags a panel by, and where arrow keys move it; with Shift they change its size. */
export function MoveButton({
  name,
  grid: { x, y, w, h },
  onNudge,
}: {
  readonly name: string;
  readonly grid: PanelGrid;
  readonly onNudge: OnNudge;
}): ReactNode {
  const [isUsed, setUsed] = useState(false);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setUsed(true);
      onNudge({ ...step, isSize: event.shiftKey });
    }
  };
  return (
    <>
      <IconButton
        label={`Move ${name}: arrow keys; with Shift they change its size`}
        size="icon-sm"
        className={`${MOVE_CLASS} -ml-1.5 cursor-grab text-subtle active:cursor-grabbing`}
        onKeyDown={onKeyDown}
      >
        <Move aria-hidden />
      </IconButton>
      <span role="status" className="sr-only">
        {isUsed ? `Column ${x + 1}, line ${y + 1}, ${w} wide, ${h} high` : ''}
      </span>
    </>
  );
}
