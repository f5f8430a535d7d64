import { Chance } from '../chance.ts';

/** What goes wrong, and what puts it right: each is something that happens to real shops. */
export const INCIDENT_KINDS = [
  'bad-deployment',
  'card-network-failing',
  'missing-index',
  'stock-locked',
  'cache-emptied',
] as const;
export type IncidentKind = (typeof INCIDENT_KINDS)[number];

/** One that is to come; times in ms from the start. */
export interface PlannedIncident {
  readonly kind: IncidentKind;
  readonly startMs: number;
  readonly endMs: number;
}

const MINUTE_MS = 60_000;
/** Before the first, so that there is something to compare it with. */
const FIRST_MS = 3 * MINUTE_MS;
const QUIET_MS = { from: 4 * MINUTE_MS, to: 8 * MINUTE_MS };
const LASTING_MS = { from: 2 * MINUTE_MS, to: 4 * MINUTE_MS };

/** Incidents one after the other, never two at a time, without end: all kinds in an order by chance, then all again. The same seed plans the same. */
export function* timetable(seed: number, kinds: readonly IncidentKind[]): Generator<PlannedIncident, never> {
  const chance = new Chance(seed);
  let startMs = FIRST_MS;
  for (;;) {
    for (const kind of shuffled(kinds, chance)) {
      const endMs = startMs + chance.whole(LASTING_MS.from, LASTING_MS.to);
      yield { kind, startMs, endMs };
      startMs = endMs + chance.whole(QUIET_MS.from, QUIET_MS.to);
    }
  }
}

function shuffled<Item>(items: readonly Item[], chance: Chance): Item[] {
  return items
    .map((item) => ({ item, rank: chance.next() }))
    .sort((one, other) => one.rank - other.rank)
    .map(({ item }) => item);
}
