// https://grafana.com/docs/loki/latest/reference/loki-http-api/#query-detected-fields
import { type LogPattern, type LogQuery, patternText } from '@aegisguard/logql';
import {
  type Asked,
  type LokiBuildAnswer,
  type LokiDetectedFieldsAnswer,
  type LokiDetectedFieldsRequest,
  type LokiDetectedValuesAnswer,
  type LokiPatternsAnswer,
  NANOS_PER_SECOND,
  type OrgId,
  ROUTES,
} from '@aegisguard/model';
import { Controller, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { CallerOrg } from '../../platform/access.ts';
import { ENGINES, type Engines } from '../../platform/engines.ts';
import { PRODUCT_VERSION } from '../../platform/product-version.ts';
import { Serves, TheRequest } from '../../platform/serves.ts';
import { mineLines } from '../logs/mine-lines.ts';
import { newestLogs } from '../logs/newest-logs.ts';
import { sampledLines } from '../logs/sampled-lines.ts';
import { QueryRunner } from '../query-runner.ts';
import { type DetectedField, detectFields } from './detected-fields.ts';
import { type LokiRange, readForwardRange, readLokiCount, readLokiStep } from './read-parameters.ts';
import { readLogQuery } from './read-query.ts';

const FIELDS_DEFAULT = 1000;
const LINES_DEFAULT = 100;
const LINES_MAX = 5000;
const PATTERNS_MAX = 300;
/** The version of Loki whose language and API this is. */
const LOKI_VERSION = '3.5.0';

/** What is found out by looking at lines. */
@Controller()
export class LokiDetectedController {
  constructor(
    @Inject(ENGINES) private readonly engines: Engines,
    @Inject(QueryRunner) private readonly runner: QueryRunner,
  ) {}

  @Serves(ROUTES.lokiPatterns)
  async patterns(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { query: request }: Asked<typeof ROUTES.lokiPatterns>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.infer<typeof LokiPatternsAnswer>> {
    const query = readLogQuery(request.query);
    const range = readForwardRange(request);
    const step = readLokiStep(request.step, range);
    const slots = Number((range.end - range.start) / step) + 1;
    const miner = await this.runner.run(orgId, 'loki-patterns', reply, async (bounds) => {
      const { lines } = await sampledLines(this.engines.storage.logs, orgId, query, range, bounds);
      return mineLines(lines, slots, (timestamp) => Number((timestamp - range.start) / step));
    });
    const { patterns } = miner.patterns(PATTERNS_MAX);
    return { status: 'success', data: patterns.map((pattern) => patternView(pattern, range, step)) };
  }

  @Serves(ROUTES.lokiDetectedFields)
  async fields(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { query }: Asked<typeof ROUTES.lokiDetectedFields>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.infer<typeof LokiDetectedFieldsAnswer>> {
    return this.answerFields(orgId, query, reply);
  }

  @Serves(ROUTES.lokiDetectedFieldsForm)
  async fieldsForm(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { query }: Asked<typeof ROUTES.lokiDetectedFieldsForm>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.infer<typeof LokiDetectedFieldsAnswer>> {
    return this.answerFields(orgId, query, reply);
  }

  @Serves(ROUTES.lokiDetectedFieldValues)
  async fieldValues(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { params, query }: Asked<typeof ROUTES.lokiDetectedFieldValues>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.infer<typeof LokiDetectedValuesAnswer>> {
    const { fields, limit } = await this.detected(orgId, query, reply);
    const values = fields.find(({ label }) => label === params.name)?.values ?? new Set<string>();
    return { values: [...values].sort().slice(0, limit), limit };
  }

  @Serves(ROUTES.lokiBuild)
  async build(): Promise<z.infer<typeof LokiBuildAnswer>> {
    return {
      version: LOKI_VERSION,
      revision: PRODUCT_VERSION,
      branch: '',
      buildDate: '',
      buildUser: '',
      goVersion: '',
    };
  }

  private async answerFields(
    orgId: OrgId,
    request: LokiDetectedFieldsRequest,
    reply: FastifyReply,
  ): Promise<z.infer<typeof LokiDetectedFieldsAnswer>> {
    const { fields, limit } = await this.detected(orgId, request, reply);
    return {
      fields: fields.slice(0, limit).map(({ label, type, values, parsers }) => ({
        label,
        type,
        cardinality: values.size,
        parsers: parsers.size === 0 ? null : [...parsers],
      })),
      limit,
    };
  }

  private async detected(
    orgId: OrgId,
    request: LokiDetectedFieldsRequest,
    reply: FastifyReply,
  ): Promise<{ readonly fields: readonly DetectedField[]; readonly limit: number }> {
    const query: LogQuery = readLogQuery(request.query);
    const range = readForwardRange(request);
    const limit = readLokiCount('limit', request.limit, FIELDS_DEFAULT);
    const lines = Math.min(readLokiCount('line_limit', request.line_limit, LINES_DEFAULT), LINES_MAX);
    const fields = await this.runner.run(orgId, 'loki-fields', reply, async (bounds) => {
      const wish = { ...range, limit: lines };
      const { found } = await newestLogs(this.engines.storage.logs, orgId, query, wish, bounds);
      return detectFields(query, found);
    });
    return { fields, limit };
  }
}

function patternView(
  pattern: LogPattern,
  { start }: LokiRange,
  step: bigint,
): z.infer<typeof LokiPatternsAnswer>['data'][number] {
  const samples = pattern.counts.flatMap((count, slot): [number, number][] =>
    count === 0 ? [] : [[Number((start + BigInt(slot) * step) / NANOS_PER_SECOND), count]],
  );
  const [level = ''] = Object.entries(pattern.levels).reduce((most, one) => (one[1] > most[1] ? one : most), [
    '',
    0,
  ] as [string, number]);
  return { pattern: patternText(pattern), level, samples };
}
