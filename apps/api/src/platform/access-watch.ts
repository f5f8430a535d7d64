import type { Permission } from '@aegisguard/model';
import type { Caller } from './access.ts';
import type { AccessDirectory } from './access-directory.ts';
import { claimedSession, isForgery } from './access-token.ts';
import type { SecurityEvents } from './security-events.ts';

/** Look-ups for forged tokens at a time; what comes beyond is not told, so that a flood of them is no load on the database. */
const LOOK_UPS_MAX = 8;

/** Tells organizations who was refused what. Nobody's answer waits for it. */
export class AccessWatch {
  private lookUps = 0;

  constructor(
    private readonly events: Pick<SecurityEvents, 'raise'>,
    private readonly directory: AccessDirectory,
  ) {}

  /** Somebody of the organization lacks the permission for a route, the target. */
  denied({ orgId, actor }: Caller, permission: Permission, target: string): void {
    if (orgId !== undefined) {
      const { name, ip } = actor;
      this.events.raise(orgId, {
        type: 'access.denied',
        actor: name,
        ip: ip ?? '',
        target,
        attributes: { permission },
      });
    }
  }

  /** A token was refused with `reason`: when it was forged for a session that goes on, somebody knows that session's id. Resolves when it is told, whatever came of it. */
  async tokenRefused(token: string, reason: unknown, ip: string): Promise<void> {
    const sessionId = isForgery(reason) ? claimedSession(token) : undefined;
    if (sessionId === undefined || this.lookUps >= LOOK_UPS_MAX) {
      return;
    }
    this.lookUps += 1;
    await this.tellForgery(sessionId, ip);
    this.lookUps -= 1;
  }

  private async tellForgery(sessionId: string, ip: string): Promise<void> {
    // Without the database nobody can be told, and every request says so.
    const session = await this.directory.find(sessionId).catch(() => undefined);
    for (const { orgId } of session?.memberships ?? []) {
      this.events.raise(orgId, { type: 'auth.token_rejected', actor: session?.email, ip, target: sessionId });
    }
  }
}
