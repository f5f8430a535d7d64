import { Readable } from 'node:stream';
import type { Actor, AuditFilter } from '@aegisguard/accounts';
import {
  AegisError,
  type Asked,
  type AuditExportRequest,
  type AuditPage,
  type AuditVerifyAnswer,
  NANOS_PER_SECOND,
  nanosFromMs,
  type OrgId,
  ROUTES,
  type UnixNanos,
} from '@aegisguard/model';
import { Controller, Header, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { By, CallerOrg } from '../platform/access.ts';
import { ENGINES, type Engines } from '../platform/engines.ts';
import { PageCursors } from '../platform/page-cursors.ts';
import { Serves, TheRequest } from '../platform/serves.ts';
import { startingWith } from '../platform/starting-with.ts';
import { readTime } from '../platform/time-range.ts';
import { AUDIT_CURSOR, type AuditCursor } from './audit-cursor.ts';
import { auditView, EXPORT_FORMS, exportTexts } from './audit-export.ts';

const NANOS_PER_MS = NANOS_PER_SECOND / 1000n;

/** An organization's audit log: read, verified, exported. */
@Controller()
export class AuditController {
  private readonly cursors: PageCursors<AuditCursor>;

  constructor(@Inject(ENGINES) private readonly engines: Engines) {
    this.cursors = new PageCursors(engines.cursorKey, AUDIT_CURSOR);
  }

  @Serves(ROUTES.listAudit)
  async list(@CallerOrg() orgId: OrgId, @TheRequest() { query }: Asked<typeof ROUTES.listAudit>): Promise<AuditPage> {
    const { limit, cursor, ...wanted } = query;
    const question = JSON.stringify(wanted);
    const known = cursor === undefined ? undefined : this.cursors.read(orgId, question, cursor);
    const range = known ?? rangeOf(wanted, Date.now());
    const filter = filterOf(wanted, range);
    const { items, next } = await this.engines.accounts.audit.list(orgId, filter, limit, known?.before);
    const { fromMs, toMs } = range;
    return {
      items: items.map(auditView),
      nextCursor: next === null ? null : this.cursors.write(orgId, question, { fromMs, toMs, before: next }),
    };
  }

  @Serves(ROUTES.verifyAudit)
  @Header('cache-control', 'no-store')
  async verify(
    @CallerOrg() orgId: OrgId,
    @By() by: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AuditVerifyAnswer> {
    const startedMs = performance.now();
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort(new AegisError('query-cancelled')));
    const { entries, lastHash, brokenAt } = await this.engines.accounts.audit.verify(orgId, gone.signal);
    if (brokenAt !== null) {
      this.engines.securityEvents.raise(orgId, {
        type: 'audit.verification_failed',
        actor: by.name,
        ip: by.ip ?? undefined,
        target: `audit entry ${brokenAt.seq}`,
        message: `The audit log is not as it was written: entry ${brokenAt.seq}, ${brokenAt.problem}.`,
      });
    }
    return {
      valid: brokenAt === null,
      entries,
      headHash: lastHash && Buffer.from(lastHash).toString('hex'),
      brokenAt,
      elapsedMs: Math.round(performance.now() - startedMs),
    };
  }

  @Serves(ROUTES.exportAudit)
  async export(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { query }: Asked<typeof ROUTES.exportAudit>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { format, ...wanted } = query;
    const nowMs = Date.now();
    const pages = this.engines.accounts.audit.export(orgId, filterOf(wanted, rangeOf(wanted, nowMs)));
    const texts = exportTexts(pages, EXPORT_FORMS[format]);
    // Before the first text everything that fails is a problem; after it, the connection breaks.
    const first = await texts.next();
    void reply
      .header('content-type', EXPORT_FORMS[format].contentType)
      .header(
        'content-disposition',
        `attachment; filename="audit-${new Date(nowMs).toISOString().slice(0, 10)}.${format}"`,
      )
      .header('cache-control', 'no-store')
      .send(Readable.from(startingWith(first, texts)));
  }
}

type Wanted = Omit<AuditExportRequest, 'format'>;

/** The range that is asked for; an entry of the very moment that it ends is not in it. */
function rangeOf({ start, end }: Wanted, nowMs: number): { fromMs: number | null; toMs: number | null } {
  const now = nanosFromMs(nowMs);
  return { fromMs: toMs(readTime('start', start, now)), toMs: toMs(readTime('end', end, now)) };
}

/** Rounded up: entries are kept to the millisecond. */
function toMs(time: UnixNanos | undefined): number | null {
  return time === undefined ? null : Number((time + NANOS_PER_MS - 1n) / NANOS_PER_MS);
}

function filterOf(
  { action, actor, target, seq, q }: Wanted,
  range: { fromMs: number | null; toMs: number | null },
): AuditFilter {
  return {
    from: range.fromMs === null ? undefined : new Date(range.fromMs),
    to: range.toMs === null ? undefined : new Date(range.toMs),
    action,
    actor,
    target,
    seq,
    text: q,
  };
}
