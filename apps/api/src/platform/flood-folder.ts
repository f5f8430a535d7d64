import type { EventSeverity, JsonObject, OrgId, PlatformEventType } from '@aegisguard/model';
import { addressNetwork } from './address-bucket.ts';

/** Something that happened, as it is written. */
export interface PlatformOccurrence {
  readonly orgId: OrgId;
  readonly atMs: number;
  readonly type: PlatformEventType;
  readonly severity: EventSeverity;
  readonly actor: string;
  readonly ip: string;
  readonly target: string;
  readonly message: string;
  readonly attributes: JsonObject;
}

/** How much is told apart. */
export interface FoldBounds {
  readonly windowMs: number;
  /** Actors and networks of one organization and type; those beyond are folded into one. */
  readonly apartMax: number;
  readonly windowsMax: number;
}

const BOUNDS: FoldBounds = { windowMs: 60_000, apartMax: 100, windowsMax: 50_000 };

interface Window {
  readonly kind: string;
  endMs: number;
  last: PlatformOccurrence;
  /** Occurrences that were not told yet. */
  folded: number;
}

/**
 * Folds floods: the first occurrence of an organization, type, actor and network is told at once, those that follow as one with their number at the end of each minute, until a minute passes without any.
 * What one organization costs is bounded whatever actors and addresses an attacker makes up.
 */
export class FloodFolder {
  /** In the order of their ends. */
  private readonly windows = new Map<string, Window>();
  /** How many windows an organization has of a type. */
  private readonly apart = new Map<string, number>();

  constructor(private readonly bounds: FoldBounds = BOUNDS) {}

  /** What is to be told now; undefined when it is folded; `lost` when there is no room to remember it. */
  add(occurrence: PlatformOccurrence): PlatformOccurrence | undefined | 'lost' {
    const { actor, atMs, ip, orgId, type } = occurrence;
    const kind = `${orgId} ${type}`;
    const name = `${kind} ${addressNetwork(ip)} ${actor}`;
    const known = this.windows.get(name);
    if (known !== undefined) {
      fold(known, occurrence);
      return undefined;
    }
    if ((this.apart.get(kind) ?? 0) >= this.bounds.apartMax) {
      return this.addToRest(kind, occurrence);
    }
    return this.open(name, kind, occurrence, atMs);
  }

  /** Windows that end by now: what they folded is told, and those without are forgotten. */
  due(nowMs: number): PlatformOccurrence[] {
    const told: PlatformOccurrence[] = [];
    for (const [name, window] of this.windows) {
      if (window.endMs > nowMs) {
        break;
      }
      this.windows.delete(name);
      if (window.folded === 0) {
        this.forget(window.kind);
        continue;
      }
      told.push(toldOf(window));
      window.folded = 0;
      window.endMs = nowMs + this.bounds.windowMs;
      this.windows.set(name, window);
    }
    return told;
  }

  /** Everything that is still folded. */
  drain(): PlatformOccurrence[] {
    return this.due(Number.POSITIVE_INFINITY);
  }

  private addToRest(kind: string, occurrence: PlatformOccurrence): PlatformOccurrence | undefined | 'lost' {
    const rest = {
      ...occurrence,
      actor: '',
      ip: '',
      target: '',
      message: 'From many actors or addresses.',
      attributes: {},
    };
    const name = `${kind} and others`;
    const known = this.windows.get(name);
    if (known !== undefined) {
      fold(known, rest);
      return undefined;
    }
    return this.open(name, kind, rest, occurrence.atMs);
  }

  private open(name: string, kind: string, occurrence: PlatformOccurrence, atMs: number): PlatformOccurrence | 'lost' {
    if (this.windows.size >= this.bounds.windowsMax) {
      return 'lost';
    }
    this.windows.set(name, { kind, endMs: atMs + this.bounds.windowMs, last: occurrence, folded: 0 });
    this.apart.set(kind, (this.apart.get(kind) ?? 0) + 1);
    return occurrence;
  }

  private forget(kind: string): void {
    const count = (this.apart.get(kind) ?? 1) - 1;
    if (count === 0) {
      this.apart.delete(kind);
    } else {
      this.apart.set(kind, count);
    }
  }
}

function fold(window: Window, occurrence: PlatformOccurrence): void {
  window.folded += 1;
  window.last = occurrence;
}

function toldOf({ folded, last }: Window): PlatformOccurrence {
  return { ...last, attributes: { ...last.attributes, count: folded } };
}
