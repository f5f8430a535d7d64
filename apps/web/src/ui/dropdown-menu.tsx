import { Check } from 'lucide-react';
import { DropdownMenu as Radix } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';

const ITEM =
  'relative flex cursor-default select-none items-center gap-2 rounded px-2 py-1.5 text-sm text-text outline-none data-[disabled]:opacity-50 data-[highlighted]:bg-hover [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-subtle';

/** A menu. Not modal: Radix's modal form writes a style element, which the content security policy forbids. */
export function Menu(props: ComponentProps<typeof Radix.Root>): ReactNode {
  return <Radix.Root modal={false} {...props} />;
}

/** What opens the menu. */
export const MenuTrigger = Radix.Trigger;

/** The menu's panel. */
export function MenuContent({ className, ...props }: ComponentProps<typeof Radix.Content>): ReactNode {
  return (
    <Radix.Portal>
      <Radix.Content
        sideOffset={4}
        collisionPadding={8}
        className={classNames(
          'scrollbar-slim data-[state=open]:fade-in-0 data-[state=open]:zoom-in-98 z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-44 overflow-y-auto rounded-lg border border-line-strong bg-raised p-1 shadow-float duration-100 data-[state=open]:animate-in',
          className,
        )}
        {...props}
      />
    </Radix.Portal>
  );
}

/** Something to do. */
export function MenuItem({ className, ...props }: ComponentProps<typeof Radix.Item>): ReactNode {
  return <Radix.Item className={classNames(ITEM, className)} {...props} />;
}

/** A group of which one is chosen. */
export const MenuRadioGroup = Radix.RadioGroup;

/** One choice of a radio group. */
export function MenuRadioItem({ className, children, ...props }: ComponentProps<typeof Radix.RadioItem>): ReactNode {
  return (
    <Radix.RadioItem className={classNames(ITEM, 'pr-8', className)} {...props}>
      {children}
      <Radix.ItemIndicator className="absolute right-2">
        <Check aria-hidden className="text-accent!" />
      </Radix.ItemIndicator>
    </Radix.RadioItem>
  );
}

/** Something to switch on or off; the menu stays open. */
export function MenuCheckboxItem({
  className,
  children,
  onSelect,
  ...props
}: ComponentProps<typeof Radix.CheckboxItem>): ReactNode {
  return (
    <Radix.CheckboxItem
      className={classNames(ITEM, 'pr-8', className)}
      onSelect={(event) => {
        event.preventDefault();
        onSelect?.(event);
      }}
      {...props}
    >
      {children}
      <Radix.ItemIndicator className="absolute right-2">
        <Check aria-hidden className="text-accent!" />
      </Radix.ItemIndicator>
    </Radix.CheckboxItem>
  );
}

/** The heading of a group. */
export function MenuLabel({ className, ...props }: ComponentProps<typeof Radix.Label>): ReactNode {
  return <Radix.Label className={classNames('px-2 py-1 text-subtle text-xs', className)} {...props} />;
}

/** A line between groups. */
export function MenuSeparator(): ReactNode {
  return <Radix.Separator className="-mx-1 my-1 h-px bg-line" />;
}
