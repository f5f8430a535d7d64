// https://grafana.com/docs/tempo/latest/api_docs/#search-tags
import {
  AegisError,
  type Asked,
  type OrgId,
  ROUTES,
  type SpanNameCount,
  type TempoTagsAnswer,
  type TempoTagsRequest,
  type TempoTagsV2Answer,
  type TempoValuesAnswer,
  type TempoValuesRequest,
  type TempoValuesV2Answer,
} from '@aegisguard/model';
import { spanConditionOf, spanField } from '@aegisguard/traceql';
import { type AttributeField, INTRINSICS, type IntrinsicField, parseFieldName } from '@aegisguard/traceql/syntax';
import { Controller, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { CallerOrg } from '../../platform/access.ts';
import { ENGINES, type Engines } from '../../platform/engines.ts';
import { Serves, TheRequest } from '../../platform/serves.ts';
import { inParserWords } from '../parse-error-words.ts';
import { QueryRunner } from '../query-runner.ts';
import { finishedPart } from './finished-part.ts';
import { readCount, readRange } from './read-parameters.ts';
import { fieldOfTag } from './tags-query.ts';
import { typedValue } from './tempo-values.ts';

const NAMES_DEFAULT = 1000;
const VALUES_DEFAULT = 1000;
const COUNT_MAX = 10_000;
const SCOPES = ['resource', 'span', 'event', 'link', 'instrumentation'] as const;
const INTRINSIC = 'intrinsic';

type Reply = FastifyReply;
type Tags = z.infer<typeof TempoTagsV2Answer>;
type Field = AttributeField | IntrinsicField;

/** Names and values of attributes, to write queries with. */
@Controller()
export class TempoTagsController {
  constructor(
    @Inject(ENGINES) private readonly engines: Engines,
    @Inject(QueryRunner) private readonly runner: QueryRunner,
  ) {}

  @Serves(ROUTES.tempoTags)
  async tags(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { query }: Asked<typeof ROUTES.tempoTags>,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<z.infer<typeof TempoTagsAnswer>> {
    const { scopes, metrics } = await this.scopes(orgId, query, reply);
    return { tagNames: [...new Set(scopes.flatMap(({ tags }) => tags))].sort(), metrics };
  }

  @Serves(ROUTES.tempoTagsV2)
  tagsV2(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { query }: Asked<typeof ROUTES.tempoTagsV2>,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<Tags> {
    return this.scopes(orgId, query, reply);
  }

  @Serves(ROUTES.tempoTagValues)
  async values(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { params, query }: Asked<typeof ROUTES.tempoTagValues>,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<z.infer<typeof TempoValuesAnswer>> {
    const { tagValues, metrics } = await this.valuesOf(orgId, fieldOfTag(params.tag), query, reply);
    return { tagValues: [...new Set(tagValues.map(({ value }) => value))].sort(), metrics };
  }

  @Serves(ROUTES.tempoTagValuesV2)
  valuesV2(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { params, query }: Asked<typeof ROUTES.tempoTagValuesV2>,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<z.infer<typeof TempoValuesV2Answer>> {
    return this.valuesOf(orgId, readField(params.tag), query, reply);
  }

  private async scopes(orgId: OrgId, request: TempoTagsRequest, reply: Reply): Promise<Tags> {
    const wanted = readScope(request.scope);
    const limit = readCount('limit', request.limit, NAMES_DEFAULT, COUNT_MAX);
    const asked = { ...readRange(request, Date.now()), condition: conditionOf(request.q) };
    const { names, stats } = await this.runner.run(orgId, 'tempo-tags', reply, (bounds) =>
      this.engines.storage.spans.attributeNames(orgId, asked, bounds),
    );
    const scopes = SCOPES.map((name) => ({ name: name as string, tags: tagsOf(names, name, limit) }));
    const all = [...scopes, { name: INTRINSIC, tags: intrinsicNames() }];
    return {
      scopes: all.filter(({ name, tags }) => tags.length > 0 && (wanted === undefined || wanted === name)),
      metrics: { inspectedBytes: String(stats.bytesRead) },
    };
  }

  private async valuesOf(
    orgId: OrgId,
    field: Field,
    request: TempoValuesRequest,
    reply: Reply,
  ): Promise<z.infer<typeof TempoValuesV2Answer>> {
    const stored = spanField(field);
    if (stored === undefined) {
      // What the place of a span in its trace tells has no list of values.
      return { tagValues: [], metrics: { inspectedBytes: '0' } };
    }
    const asked = {
      ...readRange(request, Date.now()),
      condition: conditionOf(request.q),
      field: stored,
      limit: readCount('limit', request.limit, VALUES_DEFAULT, COUNT_MAX),
    };
    const { values, stats } = await this.runner.run(orgId, 'tempo-values', reply, (bounds) =>
      this.engines.storage.spans.fieldValues(orgId, asked, bounds),
    );
    return {
      tagValues: values.map(({ value }) => typedValue(field, value)),
      metrics: { inspectedBytes: String(stats.bytesRead) },
    };
  }
}

/** What is asked of spans; of a query that is not finished, or is none, what can be read of it. */
function conditionOf(text: string | undefined) {
  return spanConditionOf(text === undefined ? undefined : finishedPart(text));
}

function readField(text: string): Field {
  try {
    return parseFieldName(text);
  } catch (error) {
    throw inParserWords(text, error, 'invalid tag name: ');
  }
}

function readScope(text: string | undefined): string | undefined {
  if (text === undefined || text === '' || text === 'all' || text === 'none') {
    return undefined;
  }
  if (text !== INTRINSIC && !SCOPES.some((scope) => scope === text)) {
    throw new AegisError('invalid-request', { detail: `invalid scope: ${JSON.stringify(text)}` });
  }
  return text;
}

function tagsOf(names: readonly SpanNameCount[], scope: SpanNameCount['scope'], limit: number): string[] {
  const found = names.filter((name) => name.scope === scope).map(({ name }) => name);
  return [...new Set(found)].slice(0, limit).sort();
}

/** With their scope and without, as Tempo has them; the numbers of the tree are of no use in a list. */
function intrinsicNames(): string[] {
  const told = INTRINSICS.filter(({ name, type }) => type !== 'nil' && !name.startsWith('nested-set'));
  return told.flatMap(({ short, scoped }) => [short, scoped].filter((name) => name !== undefined)).sort();
}
