import { Popover as Radix } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';

/** A panel beside what opened it; closes on escape or a click elsewhere. */
export const Popover = Radix.Root;

/** What opens the panel. */
export const PopoverTrigger = Radix.Trigger;

/** The panel. */
export function PopoverContent({ className, ...props }: ComponentProps<typeof Radix.Content>): ReactNode {
  return (
    <Radix.Portal>
      <Radix.Content
        sideOffset={4}
        collisionPadding={8}
        className={classNames(
          'data-[state=open]:fade-in-0 data-[state=open]:zoom-in-98 z-50 rounded-lg border border-line-strong bg-raised shadow-float outline-none duration-100 data-[state=open]:animate-in',
          className,
        )}
        {...props}
      />
    </Radix.Portal>
  );
}
