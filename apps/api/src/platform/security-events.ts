import type { EventSeverity, JsonObject, OrgId, PlatformEventType } from '@aegisguard/model';
import type { Logger } from 'pino';

/** Something that an organization should know. */
export interface RaisedEvent {
  readonly type: PlatformEventType;
  /** Where the table of types does not say it right. */
  readonly severity?: EventSeverity;
  /** Who did it: a person's e-mail, a key's id. */
  readonly actor?: string | undefined;
  readonly ip?: string | undefined;
  readonly target?: string | undefined;
  readonly message?: string | undefined;
  /** What else is known; never a secret. */
  readonly attributes?: JsonObject;
}

/** Tells organizations what the platform noticed. On this branch in the log alone. */
export class SecurityEvents {
  constructor(private readonly parts: { readonly logger: Logger }) {}

  raise(orgId: OrgId, event: RaisedEvent): void {
    this.parts.logger.info({ orgId, event }, 'security event');
  }
}
