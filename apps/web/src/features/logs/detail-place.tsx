import type { ReactNode, Ref } from 'react';
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
  if (isWide) {
    return (
      <div className="w-[clamp(360px,42vw,760px)] shrink-0 border-line border-l">
        <LogDetail ref={ref} {...props} />
      </div>
    );
  }
  return (
    <Sheet label="Log detail" side="full" onClose={props.moves.onClose}>
      <LogDetail ref={ref} {...props} />
    </Sheet>
  );
}
