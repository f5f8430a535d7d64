import { type ReactNode, useMemo } from 'react';
import type { KindHistogram } from '../../../charts/prepare/stacked-bars.ts';
import { LegendButton, TimeBars } from '../../../charts/render/time-bars.tsx';
import { formatCount } from '../../../lib/number-format.ts';
import type { ResolvedRange } from '../../../lib/time-range.ts';
import { kindName } from '../kinds.ts';
import { type KindColors, kindStack } from './kind-colors.ts';

const HEIGHT_PX = 112;

/** Findings by kind over time: read it, choose a kind, or select a span to zoom into. */
export function FindingsChart({
  histogram,
  totals,
  range,
  kind,
  colors,
  onKind,
  onZoom,
}: {
  readonly histogram: KindHistogram<string>;
  /** Of every kind that can be chosen, over the whole range. */
  readonly totals: ReadonlyMap<string, number>;
  readonly range: ResolvedRange;
  readonly kind: string | undefined;
  readonly colors: KindColors;
  readonly onKind: (kind: string | undefined) => void;
  readonly onZoom: (startMs: number, endMs: number) => void;
}): ReactNode {
  const stack = useMemo(() => kindStack(histogram.kinds.map((each) => each.kind)), [histogram]);
  return (
    <div className="border-line border-b">
      <TimeBars
        label="Findings over time"
        unit="found"
        histogram={histogram}
        stack={stack}
        heightPx={HEIGHT_PX}
        range={range}
        nameOf={kindName}
        fillOf={colors.fill}
        onZoom={onZoom}
        legend={({ counts, isRead }) =>
          [...totals].map(([each, total]) => (
            <LegendButton
              key={each}
              label={kindName(each)}
              mark={colors.background(each)}
              value={formatCount(isRead ? (counts[each] ?? 0) : total)}
              isChosen={kind === each}
              title={kind === each ? 'Show all kinds' : `Show ${kindName(each)} only`}
              onClick={() => onKind(kind === each ? undefined : each)}
            />
          ))
        }
      />
    </div>
  );
}
