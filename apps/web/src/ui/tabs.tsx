import { Tabs as Radix } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';

/** Panels of which one is shown. */
export const Tabs = Radix.Root;

/** The row of tabs. */
export function TabsList({ className, ...props }: ComponentProps<typeof Radix.List>): ReactNode {
  return <Radix.List className={classNames('flex items-center gap-1', className)} {...props} />;
}

/** One tab. */
export function TabsTrigger({ className, ...props }: ComponentProps<typeof Radix.Trigger>): ReactNode {
  return (
    <Radix.Trigger
      className={classNames(
        'h-7 rounded-md px-2 font-medium text-muted text-xs hover:bg-hover hover:text-text data-[state=active]:bg-selected data-[state=active]:text-text',
        className,
      )}
      {...props}
    />
  );
}

/** The panel of one tab. */
export const TabsContent = Radix.Content;
