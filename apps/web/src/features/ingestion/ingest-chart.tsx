import { SIGNALS, type Signal } from '@aegisguard/model';
import type { ReactNode } from 'react';
import type { KindHistogram } from '../../charts/prepare/stacked-bars.ts';
import { LegendButton, TimeBars } from '../../charts/render/time-bars.tsx';
import type { ResolvedRange } from '../../lib/time-range.ts';
import type { IngestKind } from './ingest-summary.ts';
import { INGEST_STACK, kindBackground, kindFill } from './kind-style.ts';
import { rateWords } from './words.ts';

const HEIGHT_PX = 96;

/** Accepted records by signal and everything refused, over time: read it, choose a signal, or select a span to zoom into. */
export function IngestChart({
  histogram,
  range,
  signal,
  onSignal,
  onZoom,
}: {
  readonly histogram: KindHistogram<IngestKind>;
  readonly range: ResolvedRange;
  readonly signal: Signal | undefined;
  readonly onSignal: (signal: Signal | undefined) => void;
  readonly onZoom: (startMs: number, endMs: number) => void;
}): ReactNode {
  return (
    <div className="border-line border-b">
      <TimeBars<IngestKind>
        label="Records over time"
        unit="records"
        histogram={histogram}
        stack={INGEST_STACK}
        heightPx={HEIGHT_PX}
        range={range}
        nameOf={(kind) => kind}
        fillOf={kindFill}
        onZoom={onZoom}
        legend={({ counts, seconds }) => (
          <>
            {SIGNALS.map((each) => (
              <LegendButton
                key={each}
                label={each}
                mark={kindBackground(each)}
                value={rateWords((counts[each] ?? 0) / seconds)}
                isChosen={signal === each}
                title={signal === each ? 'Show all signals' : `Show ${each} only`}
                onClick={() => onSignal(signal === each ? undefined : each)}
              />
            ))}
            <span className="flex h-6 items-center gap-1.5 px-1.5 text-muted text-xs">
              <span aria-hidden className={`size-2 rounded-[2px] ${kindBackground('refused')}`} />
              refused
              <span className="text-subtle tabular-nums">{rateWords((counts.refused ?? 0) / seconds)}</span>
            </span>
          </>
        )}
      />
    </div>
  );
}
