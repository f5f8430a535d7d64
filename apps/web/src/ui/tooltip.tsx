import { Tooltip as Radix } from 'radix-ui';
import type { ReactNode } from 'react';

/** Must be around every `Tooltip`. */
export const TooltipProvider = Radix.Provider;

/** A word or two about the control that is its only child. It repeats what assistive technology already knows; it must not be the only place of anything. */
export function Tooltip({
  text,
  side = 'bottom',
  children,
}: {
  readonly text: ReactNode;
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
  readonly children: ReactNode;
}): ReactNode {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="data-[state=delayed-open]:fade-in-0 z-50 max-w-80 rounded-md border border-line-strong bg-raised px-2 py-1 text-text text-xs shadow-float data-[state=delayed-open]:animate-in"
        >
          {text}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
