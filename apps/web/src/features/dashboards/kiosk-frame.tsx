import { Minimize2 } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { IconButton } from '../../ui/icon-button.tsx';

/** A dashboard over everything else, for a screen on the wall. It ends by Escape or its button; where the browser's full screen was left, too. */
export function KioskFrame({
  title,
  onLeave,
  children,
}: {
  readonly title: string;
  readonly onLeave: () => void;
  readonly children: ReactNode;
}): ReactNode {
  const frame = useRef<HTMLDivElement>(null);
  const leave = useRef(onLeave);
  useEffect(() => {
    leave.current = onLeave;
  });
  useEffect(() => {
    // What is covered can neither be reached by keys nor be read out.
    const covered = [...(frame.current?.closest('main')?.parentElement?.children ?? [])].filter(
      (element) => !element.contains(frame.current),
    );
    for (const element of covered) {
      element.toggleAttribute('inert', true);
    }
    return () => {
      for (const element of covered) {
        element.removeAttribute('inert');
      }
    };
  }, []);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.defaultPrevented && document.querySelector('dialog[open]') === null) {
        leave.current();
      }
    };
    const onFullscreen = (): void => {
      if (document.fullscreenElement === null) {
        leave.current();
      }
    };
    document.addEventListener('keydown', onKey);
    document.addEventListener('fullscreenchange', onFullscreen);
    return () => {
      document.removeEventListener('keydown', onKey);
      document.removeEventListener('fullscreenchange', onFullscreen);
      if (document.fullscreenElement !== null) {
        void document.exitFullscreen();
      }
    };
  }, []);
  return (
    <div ref={frame} className="fixed inset-0 z-40 flex flex-col bg-canvas">
      <header className="flex h-10 shrink-0 items-center px-4">
        <h1 className="truncate font-semibold text-base">{title}</h1>
        <IconButton label="Leave full screen" className="ml-auto" onClick={onLeave}>
          <Minimize2 aria-hidden />
        </IconButton>
      </header>
      {children}
    </div>
  );
}
