import type { OrgId, ScrubCount, ScrubCountStore, Signal } from '@aegisguard/model';
import type { Logger } from 'pino';
import { MinuteCounter } from '../platform/minute-counter.ts';

/** What a batch's scrubbing found: a row of `ScrubTally`. */
export type Finding = Pick<ScrubCount, 'detector' | 'strategy' | 'place' | 'count'>;

/** Different places of an organization in a minute; whoever sends names that are ids has as many as records. */
const PLACES_MAX = 500;
/** Of a place; deeper paths are cut. */
const PLACE_LENGTH_MAX = 200;

/** Counts what the scrubber found in batches that are stored. */
export class ScrubCounter extends MinuteCounter<ScrubCount> {
  private minuteMs = 0;
  private places = new Map<OrgId, Set<string>>();

  constructor(store: ScrubCountStore, logger: Logger, nowMs: () => number) {
    const kind = {
      what: 'scrub counts',
      nameOf: ({ orgId, signal, detector, strategy, place }: ScrubCount) =>
        `${orgId} ${signal} ${detector} ${strategy} ${place}`,
      sum: (one: ScrubCount, other: ScrubCount) => ({ ...one, count: one.count + other.count }),
      store: (counts: readonly ScrubCount[]) => store.addScrubCounts(counts),
    };
    super(kind, logger, nowMs);
  }

  add(orgId: OrgId, signal: Signal, findings: readonly Finding[]): void {
    const minuteMs = this.minuteNow();
    for (const { detector, strategy, place, count } of findings) {
      this.merge({ orgId, minuteMs, signal, detector, strategy, place: this.boundedPlace(orgId, place), count });
    }
  }

  private boundedPlace(orgId: OrgId, place: string): string {
    const minuteMs = this.minuteNow();
    if (minuteMs !== this.minuteMs) {
      this.minuteMs = minuteMs;
      this.places = new Map();
    }
    const known = this.places.get(orgId) ?? new Set();
    this.places.set(orgId, known);
    const cut = place.length > PLACE_LENGTH_MAX ? `${place.slice(0, PLACE_LENGTH_MAX)}…` : place;
    if (!known.has(cut) && known.size >= PLACES_MAX) {
      return '(other)';
    }
    known.add(cut);
    return cut;
  }
}
