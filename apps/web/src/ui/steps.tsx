import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';

/** Where one is in a way of a few steps. */
export function Steps({
  label,
  steps,
  current,
}: {
  readonly label: string;
  readonly steps: readonly string[];
  /** 0-based. */
  readonly current: number;
}): ReactNode {
  return (
    <ol aria-label={label} className="flex flex-wrap items-center gap-x-4 gap-y-1.5 text-xs">
      {steps.map((step, index) => (
        <li
          key={step}
          aria-current={index === current ? 'step' : undefined}
          className={classNames(
            'flex items-center gap-1.5',
            index === current ? 'font-medium text-text' : 'text-subtle',
          )}
        >
          <span
            aria-hidden
            className={classNames(
              'flex size-5 items-center justify-center rounded-full border text-2xs tabular-nums',
              index === current
                ? 'border-accent bg-accent text-on-accent'
                : index < current
                  ? 'border-accent text-accent'
                  : 'border-line-input',
            )}
          >
            {index < current ? <Check className="size-3" /> : index + 1}
          </span>
          {step}
          {index < current ? <span className="sr-only"> (done)</span> : null}
        </li>
      ))}
    </ol>
  );
}
