import type { Actor, RuleOutcome, StoredRuleGroup } from '@aegisguard/accounts';
import {
  type Asked,
  type EvaluationState,
  type OrgId,
  ROUTES,
  type RuleGroup,
  type RuleGroupPage,
  type RuleImportAnswer,
} from '@aegisguard/model';
import { Controller, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { By, CallerOrg } from '../platform/access.ts';
import { ENGINES, type Engines } from '../platform/engines.ts';
import { type CursorKind, PageCursors } from '../platform/page-cursors.ts';
import { Serves, TheRequest } from '../platform/serves.ts';
import { RuleTexts } from './rules/rule-texts.ts';

/** A position is the name of the last group. */
const GROUP_CURSOR: CursorKind<string> = {
  name: 'rule-group-cursor',
  write: (name) => [Buffer.from(name).toString('base64url')],
  read: ([name = '']) => Buffer.from(name, 'base64url').toString(),
};

/** Queries that are evaluated again and again, and whose results are stored as metrics. */
@Controller()
export class RecordingRulesController {
  private readonly cursors: PageCursors<string>;

  constructor(
    @Inject(ENGINES) private readonly engines: Engines,
    @Inject(RuleTexts) private readonly texts: RuleTexts,
  ) {
    this.cursors = new PageCursors(engines.cursorKey, GROUP_CURSOR);
  }

  @Serves(ROUTES.listRuleGroups)
  async list(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { query: { limit, cursor } }: Asked<typeof ROUTES.listRuleGroups>,
  ): Promise<RuleGroupPage> {
    const after = cursor === undefined ? undefined : this.cursors.read(orgId, '', cursor);
    const { items, next } = await this.engines.accounts.ruleGroups.list(orgId, { limit, after });
    return { items: items.map(viewOf), nextCursor: next && this.cursors.write(orgId, '', next) };
  }

  @Serves(ROUTES.exportRules)
  async export(@CallerOrg() orgId: OrgId, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    void reply.header('content-type', 'application/yaml; charset=utf-8');
    void reply.header('content-disposition', 'attachment; filename="recording-rules.yaml"');
    return this.texts.write(await this.engines.accounts.ruleGroups.all(orgId));
  }

  @Serves(ROUTES.importRules)
  async import(
    @CallerOrg() orgId: OrgId,
    @By() by: Actor,
    @TheRequest() { body }: Asked<typeof ROUTES.importRules>,
  ): Promise<RuleImportAnswer> {
    const { groups, notCarried } = await this.texts.read(body.yaml);
    const { created, updated } = await this.engines.accounts.ruleGroups.import(orgId, by, groups);
    return { created: [...created], updated: [...updated], notCarried: [...notCarried] };
  }

  @Serves(ROUTES.readRuleGroup)
  async read(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { params }: Asked<typeof ROUTES.readRuleGroup>,
  ): Promise<RuleGroup> {
    return viewOf(await this.engines.accounts.ruleGroups.find(orgId, params.id));
  }

  @Serves(ROUTES.createRuleGroup)
  async create(
    @CallerOrg() orgId: OrgId,
    @By() by: Actor,
    @TheRequest() { body }: Asked<typeof ROUTES.createRuleGroup>,
  ): Promise<RuleGroup> {
    await this.texts.check(body);
    return viewOf(await this.engines.accounts.ruleGroups.create(orgId, by, body));
  }

  @Serves(ROUTES.updateRuleGroup)
  async update(
    @CallerOrg() orgId: OrgId,
    @By() by: Actor,
    @TheRequest() { params, body }: Asked<typeof ROUTES.updateRuleGroup>,
  ): Promise<RuleGroup> {
    await this.texts.check(body);
    return viewOf(await this.engines.accounts.ruleGroups.update(orgId, by, params.id, body));
  }

  @Serves(ROUTES.deleteRuleGroup)
  async remove(
    @CallerOrg() orgId: OrgId,
    @By() by: Actor,
    @TheRequest() { params }: Asked<typeof ROUTES.deleteRuleGroup>,
  ): Promise<void> {
    await this.engines.accounts.ruleGroups.remove(orgId, by, params.id);
  }
}

function viewOf({ outcome, missed, createdAt, updatedAt, rules, ...settings }: StoredRuleGroup): RuleGroup {
  const lastEvaluatedAt = outcome === null ? null : new Date(outcome.slotMs).toISOString();
  const states = rules.map((_, at) => stateOf(outcome?.rules[at], lastEvaluatedAt));
  return {
    ...settings,
    rules: rules.map((rule, at) => ({ ...rule, state: states[at] ?? stateOf(undefined, null) })),
    state: {
      ...(states.find(({ health }) => health === 'err') ?? states[0] ?? stateOf(undefined, null)),
      lastEvaluatedAt,
      durationMs: outcome?.durationMs ?? null,
      samples: states.reduce((sum, { samples }) => sum + samples, 0),
      missed,
    },
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

function stateOf(outcome: RuleOutcome | undefined, lastEvaluatedAt: string | null): EvaluationState {
  return outcome === undefined
    ? { health: 'unknown', lastEvaluatedAt, durationMs: null, samples: 0, lastError: null }
    : {
        health: outcome.health,
        lastEvaluatedAt,
        durationMs: outcome.durationMs,
        samples: outcome.samples,
        lastError: outcome.error,
      };
}
