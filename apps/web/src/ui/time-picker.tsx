import { ChevronDown, Clock } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { loadAhead } from '../lib/load-ahead.ts';
import { describeRange, type ResolvedRange, type TimeRange } from '../lib/time-range.ts';
import { formatLocal, localZone } from '../lib/timestamp.ts';
import { Button } from './button.tsx';
import { Popover, PopoverContent, PopoverTrigger } from './popover.tsx';

// Forms are not needed to read logs; they come when the pointer or the focus nears the picker.
const loadTimeFields = async () => ({ default: (await import('./time-fields.tsx')).TimeFields });
const TimeFields = lazy(loadTimeFields);

/** Spans that people ask for most, as `now-…`. */
const QUICK_SPANS = ['5m', '15m', '1h', '3h', '6h', '12h', '24h', '2d', '7d', '30d'] as const;

function QuickRanges({
  range,
  resolved,
  onChoose,
}: {
  readonly range: TimeRange;
  readonly resolved: ResolvedRange;
  readonly onChoose: (range: TimeRange) => void;
}): ReactNode {
  return (
    <ul
      aria-label="Quick ranges"
      className="grid grid-cols-2 gap-0.5 p-2 sm:w-36 sm:grid-cols-1 sm:border-line sm:border-r"
    >
      {QUICK_SPANS.map((span) => {
        const quick = { from: `now-${span}`, to: 'now' };
        return (
          <li key={span}>
            <Button
              variant="ghost"
              size="sm"
              className="w-full justify-start"
              aria-pressed={range.from === quick.from && range.to === 'now'}
              onClick={() => onChoose(quick)}
            >
              {describeRange(quick, resolved)}
            </Button>
          </li>
        );
      })}
    </ul>
  );
}

/** Which span of time is looked at: a quick one, or any two ends. */
export function TimePicker({
  range,
  resolved,
  onChange,
}: {
  readonly range: TimeRange;
  readonly resolved: ResolvedRange;
  readonly onChange: (range: TimeRange) => void;
}): ReactNode {
  const [open, setOpen] = useState(false);
  const choose = (chosen: TimeRange): void => {
    setOpen(false);
    onChange(chosen);
  };
  const words = describeRange(range, resolved);
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button
          aria-label={`Time range: ${words}`}
          title={`${formatLocal(resolved.startMs)} – ${formatLocal(resolved.endMs)}\n${localZone(resolved.endMs)}`}
          className="min-w-0 shrink font-normal"
          onPointerEnter={() => loadAhead(loadTimeFields)}
          onFocus={() => loadAhead(loadTimeFields)}
        >
          <Clock aria-hidden className="text-subtle" />
          <span className="truncate tabular-nums">{words}</span>
          <ChevronDown aria-hidden className="text-subtle" />
        </Button>
      </PopoverTrigger>
      <PopoverContent
        align="end"
        aria-label="Time range"
        className="flex w-[min(27rem,calc(100vw-16px))] flex-col sm:flex-row"
      >
        <QuickRanges range={range} resolved={resolved} onChoose={choose} />
        <Suspense fallback={<div className="h-64 flex-1" />}>
          <TimeFields range={range} resolved={resolved} onApply={choose} />
        </Suspense>
      </PopoverContent>
    </Popover>
  );
}
