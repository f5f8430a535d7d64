import type { ReactNode } from 'react';
import { millisWords } from '../../../charts/metrics/duration-words.ts';
import { NODE_ICONS, NODE_WORDS, nodeName } from '../node-types.ts';
import { HEALTH_TEXT, type Health, healthOf, rateWords, ratioWords } from '../service-words.ts';
import type { MapPoint } from './layout-map.ts';
import type { MapNode } from './map-edges.ts';
import { NODE_BOX } from './use-map-layout.ts';

const MARK: Readonly<Record<Health, string>> = { ok: 'bg-ok', warn: 'bg-warn', danger: 'bg-danger' };
/** Below, figures are too small to read, and the name is written larger in their place. */
const FAR_SCALE = 0.6;
const NAME_PX = 12;
const NAME_MAX_PX = 30;

/** A node: its name and figures; from far away its name alone. */
export function MapNodeBox({
  node,
  place,
  scale,
  isChosen,
  isFaded,
  onChoose,
  onFocus,
}: {
  readonly node: MapNode;
  readonly place: MapPoint;
  readonly scale: number;
  readonly isChosen: boolean;
  readonly isFaded: boolean;
  readonly onChoose: () => void;
  readonly onFocus: () => void;
}): ReactNode {
  const { type, red } = node;
  const Icon = NODE_ICONS[type];
  const isFar = scale < FAR_SCALE;
  return (
    <button
      type="button"
      aria-pressed={isChosen}
      title={nodeName(node)}
      className={`absolute flex flex-col justify-center overflow-clip rounded-lg border border-line-input bg-surface px-3 text-left shadow-sm hover:border-accent aria-pressed:border-accent aria-pressed:bg-selected ${isFaded ? 'opacity-25' : ''}`}
      style={{ left: place.x - NODE_BOX.width / 2, top: place.y - NODE_BOX.height / 2, ...NODE_BOX }}
      onClick={onChoose}
      onFocus={({ currentTarget }) => {
        // A click has what it is about in sight.
        if (currentTarget.matches(':focus-visible')) {
          onFocus();
        }
      }}
    >
      {red === null ? null : (
        <span
          aria-hidden
          className={`absolute inset-y-0 left-0 ${isFar ? 'w-2' : 'w-1'} ${MARK[healthOf(red.errorRatio)]}`}
        />
      )}
      <span className="flex items-center gap-1.5">
        <Icon
          role="img"
          aria-label={NODE_WORDS[type]}
          className={`${isFar ? 'size-6' : 'size-3.5'} shrink-0 text-subtle`}
        />
        <span
          className="truncate font-medium"
          style={isFar ? { fontSize: Math.min(NAME_MAX_PX, NAME_PX / scale), lineHeight: 1.3 } : undefined}
        >
          {nodeName(node)}
        </span>
      </span>
      {red === null ? null : (
        <span className={`flex gap-2 whitespace-nowrap text-muted text-xs tabular-nums ${isFar ? 'sr-only' : ''}`}>
          <span>{rateWords(red.callsPerSecond)}</span>
          <span className={HEALTH_TEXT[healthOf(red.errorRatio)]}>{ratioWords(red.errorRatio)}</span>
          <span>{millisWords(red.p95Ms)}</span>
        </span>
      )}
    </button>
  );
}
