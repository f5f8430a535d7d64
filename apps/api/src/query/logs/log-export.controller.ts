import { Readable } from 'node:stream';
import { parseLogQuery } from '@aegisguard/logql';
import { type Asked, nanosFromMs, type OrgId, ROUTES, type UnixNanos } from '@aegisguard/model';
import { Controller, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CallerOrg } from '../../platform/access.ts';
import { ENGINES, type Engines } from '../../platform/engines.ts';
import { readLogPosition } from '../../platform/log-id.ts';
import { Serves, TheRequest } from '../../platform/serves.ts';
import { startingWith } from '../../platform/starting-with.ts';
import { readTime, resolveTimeRange } from '../../platform/time-range.ts';
import { QueryRunner } from '../query-runner.ts';
import { exportedPages, exportForm } from './export-logs.ts';

/** All logs of a query, as a file. */
@Controller()
export class LogExportController {
  constructor(
    @Inject(ENGINES) private readonly engines: Engines,
    @Inject(QueryRunner) private readonly runner: QueryRunner,
  ) {}

  @Serves(ROUTES.exportLogs)
  async export(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { body }: Asked<typeof ROUTES.exportLogs>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const nowMs = Date.now();
    const { after, direction, format } = body;
    const place =
      after === undefined
        ? undefined
        : readLogPosition(after.id, readTime('after', after.timestamp, nanosFromMs(nowMs)) as UnixNanos);
    const wish = { query: parseLogQuery(body.query), ...resolveTimeRange(body, nowMs), direction, after: place };
    const form = exportForm(body);
    const texts = exportedPages(
      this.engines.storage.logs,
      orgId,
      wish,
      (query) => this.runner.run(orgId, 'logs/export', reply, query),
      form,
    );
    // Before the first text everything that fails is a problem; after it, the connection breaks.
    const first = await texts.next();
    void reply
      .header('content-type', form.contentType)
      .header(
        'content-disposition',
        `attachment; filename="logs-${new Date(nowMs).toISOString().slice(0, 10)}.${format}"`,
      )
      .header('cache-control', 'no-store')
      .send(Readable.from(startingWith(first, texts)));
  }
}
