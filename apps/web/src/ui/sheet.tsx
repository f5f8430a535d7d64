import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef } from 'react';
import { classNames } from '../lib/class-names.ts';

const SIDES = {
  left: 'mr-auto h-dvh w-72 border-r',
  right: 'ml-auto h-dvh w-screen max-w-xl border-l',
  full: 'h-dvh w-screen',
  large: 'm-auto h-dvh w-screen md:h-[calc(100dvh-48px)] md:w-[calc(100vw-48px)] md:max-w-7xl md:rounded-xl md:border',
  center: 'm-auto max-h-[calc(100dvh-32px)] w-[calc(100vw-32px)] max-w-md rounded-xl border',
  wide: 'm-auto max-h-[calc(100dvh-32px)] w-[calc(100vw-32px)] max-w-2xl rounded-xl border',
} as const;

/** A modal panel over the page: the browser's own dialog, so focus, escape and what is behind it are the browser's business. Rendered only while it is open. */
export function Sheet({
  label,
  describedBy,
  side,
  isAlert = false,
  onKeyDown,
  onClose,
  children,
}: {
  readonly label: string;
  /** The id of the element that says what it is about. */
  readonly describedBy?: string | undefined;
  readonly side: keyof typeof SIDES;
  /** It asks for an answer: a click beside it does not count as one. */
  readonly isAlert?: boolean;
  /** Hears keys before the panel does. */
  readonly onKeyDown?: (event: KeyboardEvent) => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  // A layout effect is undone while the dialog is still in the document: only then does closing it give the focus back.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // Not the first button: its tooltip would open at once, and take the first Escape.
    (panel.current?.querySelector<HTMLElement>('[data-autofocus]') ?? panel.current)?.focus();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      role={isAlert ? 'alertdialog' : undefined}
      aria-label={label}
      aria-describedby={describedBy}
      className={classNames(
        'scrollbar-slim m-0 max-h-none max-w-none border-line-strong bg-surface p-0 shadow-float backdrop:bg-[#00000080]',
        SIDES[side],
      )}
      onKeyDown={(event) => {
        onKeyDown?.(event);
        // Not left to the browser: it closes the dialog itself when Escape is pressed twice. A menu inside has taken the first one.
        if (event.key === 'Escape' && !event.defaultPrevented) {
          event.preventDefault();
          onClose();
        }
      }}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClose={(event) => {
        // Closed by the browser, e.g. by the back gesture of a phone: whether it may close is asked all the same.
        if (event.currentTarget.isConnected && !event.currentTarget.open) {
          event.currentTarget.showModal();
          onClose();
        }
      }}
      onPointerDown={(event) => {
        // The backdrop belongs to the dialog element itself; everything inside has another target.
        if (event.target === event.currentTarget && !isAlert) {
          onClose();
        }
      }}
    >
      <div ref={panel} tabIndex={-1} className="h-full outline-none">
        {children}
      </div>
    </dialog>
  );
}
