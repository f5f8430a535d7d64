import { type ReactNode, type Ref, useEffect } from 'react';
import { useMediaQuery, WIDE } from '../../lib/use-media-query.ts';
import { Sheet } from '../../ui/sheet.tsx';
import type { DetailMoves } from './detail/detail-header.tsx';
import { LogDetail, type SelectedLog } from './detail/log-detail.tsx';
import type { OnFilter } from './detail/value-tree.tsx';

interface DetailPlaceProps {
  readonly ref: Ref<HTMLElement>;
  readonly selected: SelectedLog;
  readonly moves: DetailMoves;
  readonly onFilter: OnFilter;
}

/** Puts the detail beside the list where there is room, and over it where there is not. */
export function DetailPlace({ ref, ...props }: DetailPlaceProps): ReactNode {
  const isWide = useMediaQuery(WIDE);
  const { onClose } = props.moves;
  useEffect(() => {
    // A dialog hears its own Escape; beside the list it is the page's.
    const onKeyDown = (event: KeyboardEvent): void => {
      if (
        event.key === 'Escape' &&
        !event.defaultPrevented &&
        document.querySelector('[role=menu], dialog[open]') === null
      ) {
        onClose();
      }
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [onClose]);
  if (isWide) {
    return (
      <div className="w-[clamp(360px,42vw,760px)] shrink-0 border-line border-l">
        <LogDetail ref={ref} {...props} />
      </div>
    );
  }
  return (
    <Sheet label="Log detail" side="full" onClose={onClose}>
      <LogDetail ref={ref} {...props} />
    </Sheet>
  );
}
