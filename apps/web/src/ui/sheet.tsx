import { type ReactNode, useEffect, useRef } from 'react';
import { classNames } from '../lib/class-names.ts';

const SIDES = {
  left: 'mr-auto h-dvh w-72 border-r',
  full: 'h-dvh w-screen',
  center: 'm-auto w-full max-w-md rounded-xl border',
} as const;

/** A modal panel over the page: the browser's own dialog, so focus, escape and what is behind it are the browser's business. Rendered only while it is open. */
export function Sheet({
  label,
  side,
  onClose,
  children,
}: {
  readonly label: string;
  readonly side: keyof typeof SIDES;
  readonly onClose: () => void;
  readonly children: ReactNode;
}): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // Not the first button: its tooltip would open at once, and take the first Escape.
    panel.current?.focus();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-label={label}
      className={classNames(
        'm-0 max-h-none max-w-none border-line-strong bg-surface p-0 shadow-float backdrop:bg-[#00000080]',
        SIDES[side],
      )}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onPointerDown={(event) => {
        // The backdrop belongs to the dialog element itself; everything inside has another target.
        if (event.target === event.currentTarget) {
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
