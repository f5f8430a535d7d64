import { ChevronDown, RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';
import { REFRESH_SECONDS, type RefreshSeconds } from '../lib/refresh-seconds.ts';
import { Button } from './button.tsx';
import { Menu, MenuContent, MenuLabel, MenuRadioGroup, MenuRadioItem, MenuTrigger } from './dropdown-menu.tsx';
import { Tooltip } from './tooltip.tsx';

function spanOf(seconds: RefreshSeconds): string {
  return seconds < 60 ? `${seconds} s` : `${seconds / 60} min`;
}

function labelOf(seconds: RefreshSeconds): string {
  return seconds === 0 ? 'Off' : `Every ${spanOf(seconds)}`;
}

/** Asks again now, and by itself every so often. */
export function RefreshControl({
  seconds,
  isPaused,
  pauseNote,
  onRefresh,
  onChange,
}: {
  readonly seconds: RefreshSeconds;
  /** The interval waits. */
  readonly isPaused: boolean;
  /** When it does that. */
  readonly pauseNote?: string;
  readonly onRefresh: () => void;
  readonly onChange: (seconds: RefreshSeconds) => void;
}): ReactNode {
  const state = seconds === 0 ? '' : isPaused ? 'paused' : spanOf(seconds);
  return (
    <div className="flex">
      <Tooltip text="Refresh">
        <Button aria-label="Refresh" className="rounded-r-none px-2" onClick={onRefresh}>
          <RotateCw aria-hidden />
        </Button>
      </Tooltip>
      <Menu>
        <MenuTrigger asChild>
          <Button
            aria-label={`Auto refresh: ${seconds === 0 ? 'off' : state}`}
            className={classNames(
              '-ml-px rounded-l-none px-1.5 font-normal text-xs tabular-nums',
              isPaused && 'text-subtle',
            )}
          >
            {state}
            <ChevronDown aria-hidden className="text-subtle" />
          </Button>
        </MenuTrigger>
        <MenuContent align="end">
          <MenuLabel>Auto refresh</MenuLabel>
          <MenuRadioGroup
            value={String(seconds)}
            onValueChange={(value) => onChange(REFRESH_SECONDS.find((each) => String(each) === value) ?? 0)}
          >
            {REFRESH_SECONDS.map((each) => (
              <MenuRadioItem key={each} value={String(each)}>
                {labelOf(each)}
              </MenuRadioItem>
            ))}
          </MenuRadioGroup>
          {seconds === 0 || pauseNote === undefined ? null : (
            <p className="max-w-44 px-2 py-1 text-subtle text-xs">{pauseNote}</p>
          )}
        </MenuContent>
      </Menu>
    </div>
  );
}
