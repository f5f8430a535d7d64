import type { DetectorName } from '@aegisguard/model';
import type { StackStyle } from '../../../charts/prepare/stacked-bars.ts';
import { kindOrder } from './findings-summary.ts';

/** Class names must stand in the source as whole words for Tailwind to find them. */
const FILL = [
  'fill-series-1',
  'fill-series-2',
  'fill-series-3',
  'fill-series-4',
  'fill-series-5',
  'fill-series-6',
  'fill-series-7',
  'fill-series-8',
] as const;
const BACKGROUND = [
  'bg-series-1',
  'bg-series-2',
  'bg-series-3',
  'bg-series-4',
  'bg-series-5',
  'bg-series-6',
  'bg-series-7',
  'bg-series-8',
] as const;

/** The colour that a kind has where nothing before it has it already: what is found most often, and together, differs. */
const PREFERRED: Readonly<Record<DetectorName, number>> = {
  'private-key': 6,
  authorization: 1,
  'url-password': 4,
  jwt: 2,
  'api-key': 4,
  secret: 3,
  email: 0,
  iban: 6,
  card: 1,
  ssn: 2,
  phone: 5,
  ip: 7,
};

/** Colours of the kinds that there are. */
export interface KindColors {
  readonly fill: (kind: string) => string;
  readonly background: (kind: string) => string;
}

/** Gives each kind a colour of its own as long as there are any. It depends on which kinds there are, and not on how often: a refresh changes no colours. */
export function kindColors(kinds: readonly string[]): KindColors {
  const free = new Set(FILL.keys());
  const colors = new Map<string, number>();
  for (const kind of kinds.toSorted(kindOrder)) {
    const preferred = PREFERRED[kind as DetectorName] ?? 0;
    const [next = preferred] = free;
    const color = free.has(preferred) ? preferred : next;
    free.delete(color);
    colors.set(kind, color);
  }
  return {
    fill: (kind) => FILL[colors.get(kind) ?? 7] ?? FILL[7],
    background: (kind) => BACKGROUND[colors.get(kind) ?? 7] ?? BACKGROUND[7],
  };
}

/** A stack of kinds: even a single finding is seen; addresses are on top, because they are many. */
export function kindStack(kinds: readonly string[]): StackStyle<string> {
  return {
    order: kinds.toSorted((a, b) => Number(a === 'ip') - Number(b === 'ip') || kindOrder(a, b)),
    heightMinPx: Object.fromEntries(kinds.map((kind) => [kind, kind === 'ip' ? 1 : 2])),
  };
}
