import { type ComponentProps, type ReactNode, useEffect, useId, useRef } from 'react';
import { classNames } from '../lib/class-names.ts';

/** Yes or no, with its label beside it and, below that, what it means. */
export function Checkbox({
  label,
  hint,
  isMixed = false,
  className,
  ...props
}: Omit<ComponentProps<'input'>, 'type' | 'ref'> & {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  /** Some of what it stands for, but not all. */
  readonly isMixed?: boolean;
}): ReactNode {
  const input = useRef<HTMLInputElement>(null);
  const hintId = useId();
  useEffect(() => {
    // There is no attribute for it.
    if (input.current !== null) {
      input.current.indeterminate = isMixed;
    }
  }, [isMixed]);
  return (
    <div className={classNames('flex flex-col', className)}>
      <label className="inline-flex w-fit cursor-pointer items-start gap-2 text-sm has-disabled:cursor-not-allowed has-disabled:opacity-60">
        <input
          ref={input}
          type="checkbox"
          aria-describedby={hint === undefined ? undefined : hintId}
          className="mt-0.5 size-4 shrink-0 cursor-[inherit] accent-accent outline-offset-2"
          {...props}
        />
        <span className="min-w-0">{label}</span>
      </label>
      {hint === undefined ? null : (
        <p id={hintId} className="pl-6 text-subtle text-xs">
          {hint}
        </p>
      )}
    </div>
  );
}
