import type { OrgId } from '@aegisguard/model';
import type { Logger } from 'pino';

/** Something that an organization should know. */
export interface RaisedEvent {
  readonly type: string;
  readonly actor?: string | undefined;
  readonly ip?: string | undefined;
  readonly target?: string | undefined;
  readonly message?: string | undefined;
}

/** Tells organizations what the platform notices; so far the log alone. */
export class SecurityEvents {
  constructor(private readonly logger: Logger) {}

  raise(orgId: OrgId, event: RaisedEvent): void {
    this.logger.warn({ orgId, ...event }, 'a security event');
  }
}
