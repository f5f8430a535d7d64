import { X } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { classNames } from '../lib/class-names.ts';
import { IconButton } from './icon-button.tsx';
import { Sheet } from './sheet.tsx';

/**
 * A modal dialog: title, what it is about, its content, and below it what can be done. Rendered only while it is open; the focus goes back to where it was. A control with `data-autofocus` gets
 * the focus first. With `onSubmit` content and footer are one form.
 */
export function Dialog({
  title,
  description,
  footer,
  size = 'center',
  isAlert = false,
  onSubmit,
  onClose,
  children,
}: {
  readonly title: string;
  readonly description?: ReactNode;
  readonly footer?: ReactNode;
  readonly size?: 'center' | 'wide';
  /** It asks for an answer and closes by its buttons and Escape only. */
  readonly isAlert?: boolean;
  readonly onSubmit?: () => void;
  readonly onClose: () => void;
  readonly children?: ReactNode;
}): ReactNode {
  const descriptionId = useId();
  const content = (
    <>
      {children === undefined ? null : <div className="flex flex-col gap-4 px-5 pt-3">{children}</div>}
      {footer === undefined ? null : <div className="flex flex-wrap justify-end gap-2 px-5 pt-5">{footer}</div>}
    </>
  );
  return (
    <Sheet
      label={title}
      describedBy={description === undefined ? undefined : descriptionId}
      side={size}
      isAlert={isAlert}
      onClose={onClose}
    >
      <div className="pt-4 pb-5">
        <div className={classNames('flex items-start gap-2 pl-5', isAlert ? 'pr-5' : 'pr-3')}>
          <div className="min-w-0 flex-1">
            <h2 className="break-words font-semibold text-base leading-8">{title}</h2>
            {description === undefined ? null : (
              <div id={descriptionId} className="break-words text-muted">
                {description}
              </div>
            )}
          </div>
          {isAlert ? null : (
            <IconButton label="Close" onClick={onClose}>
              <X aria-hidden />
            </IconButton>
          )}
        </div>
        {onSubmit === undefined ? (
          content
        ) : (
          <form
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              onSubmit();
            }}
          >
            {content}
          </form>
        )}
      </div>
    </Sheet>
  );
}
