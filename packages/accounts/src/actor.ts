import type { ActorKind } from '@aegisguard/model';

/** Who changes something, and from where: what the audit log says of it. */
export interface Actor {
  readonly kind: ActorKind;
  /** A user's or a key's id. */
  readonly id: string | null;
  /** A person's e-mail address, a key's name. */
  readonly name: string;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly requestId: string | null;
}

/** The product itself: a first start, a job by the clock. */
export const SYSTEM_ACTOR: Actor = {
  kind: 'system',
  id: null,
  name: 'AegisGuard',
  ip: null,
  userAgent: null,
  requestId: null,
};
