// https://prometheus.io/docs/prometheus/latest/querying/api/
import {
  type Asked,
  type OrgId,
  type PrometheusAlertmanagersAnswer,
  type PrometheusAlertsAnswer,
  type PrometheusBuildAnswer,
  type PrometheusConfigAnswer,
  type PrometheusFlagsAnswer,
  type PrometheusFormatAnswer,
  type PrometheusParseAnswer,
  type PrometheusRulesAnswer,
  type PrometheusRuntimeAnswer,
  type PrometheusTargetsAnswer,
  ROUTES,
} from '@aegisguard/model';
import { formatQuery } from '@aegisguard/promql';
import { Controller, Inject } from '@nestjs/common';
import type { z } from 'zod';
import { CallerOrg } from '../../platform/access.ts';
import { ENGINES, type Engines } from '../../platform/engines.ts';
import { PRODUCT_VERSION } from '../../platform/product-version.ts';
import { Serves, TheRequest } from '../../platform/serves.ts';
import { readQuery } from './read-selectors.ts';
import { rulesView } from './rules-view.ts';
import { runtimeView, SERVER_FLAGS } from './server-facts.ts';
import { syntaxTree } from './syntax-tree.ts';

/** Clients choose by it what they may ask for, so it is the version that we do as. */
const DOES_AS = '3.16.0';

type Formatted = z.infer<typeof PrometheusFormatAnswer>;
type Parsed = z.infer<typeof PrometheusParseAnswer>;

/** Queries as texts, and what clients want to know of the server. */
@Controller()
export class PrometheusStatusController {
  constructor(@Inject(ENGINES) private readonly engines: Engines) {}

  @Serves(ROUTES.prometheusFormat)
  format(@TheRequest() { query }: Asked<typeof ROUTES.prometheusFormat>): Formatted {
    return formatted(query.query);
  }

  @Serves(ROUTES.prometheusFormatForm)
  formatForm(@TheRequest() { query }: Asked<typeof ROUTES.prometheusFormatForm>): Formatted {
    return formatted(query.query);
  }

  @Serves(ROUTES.prometheusParse)
  parse(@TheRequest() { query }: Asked<typeof ROUTES.prometheusParse>): Parsed {
    return parsed(query.query);
  }

  @Serves(ROUTES.prometheusParseForm)
  parseForm(@TheRequest() { query }: Asked<typeof ROUTES.prometheusParseForm>): Parsed {
    return parsed(query.query);
  }

  @Serves(ROUTES.prometheusBuild)
  build(): z.infer<typeof PrometheusBuildAnswer> {
    const none = { branch: '', buildUser: '', buildDate: '', goVersion: '' };
    return { status: 'success', data: { version: DOES_AS, revision: `aegisguard ${PRODUCT_VERSION}`, ...none } };
  }

  @Serves(ROUTES.prometheusRuntime)
  runtime(): z.infer<typeof PrometheusRuntimeAnswer> {
    const nowMs = Date.now();
    return { status: 'success', data: runtimeView(nowMs - Math.round(process.uptime() * 1000), nowMs) };
  }

  @Serves(ROUTES.prometheusFlags)
  flags(): z.infer<typeof PrometheusFlagsAnswer> {
    return { status: 'success', data: SERVER_FLAGS };
  }

  @Serves(ROUTES.prometheusConfig)
  config(): z.infer<typeof PrometheusConfigAnswer> {
    return { status: 'success', data: { yaml: '' } };
  }

  @Serves(ROUTES.prometheusTargets)
  targets(): z.infer<typeof PrometheusTargetsAnswer> {
    return { status: 'success', data: { activeTargets: [], droppedTargets: [], droppedTargetCounts: {} } };
  }

  @Serves(ROUTES.prometheusAlertmanagers)
  alertmanagers(): z.infer<typeof PrometheusAlertmanagersAnswer> {
    return { status: 'success', data: { activeAlertmanagers: [], droppedAlertmanagers: [] } };
  }

  @Serves(ROUTES.prometheusRules)
  async rules(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { query: { type } }: Asked<typeof ROUTES.prometheusRules>,
  ): Promise<z.infer<typeof PrometheusRulesAnswer>> {
    const groups = type === 'alert' ? [] : rulesView(await this.engines.accounts.ruleGroups.all(orgId));
    return { status: 'success', data: { groups } };
  }

  @Serves(ROUTES.prometheusAlerts)
  alerts(): z.infer<typeof PrometheusAlertsAnswer> {
    return { status: 'success', data: { alerts: [] } };
  }
}

function formatted(query: string): Formatted {
  return { status: 'success', data: formatQuery(readQuery('query', query)) };
}

function parsed(query: string): Parsed {
  return { status: 'success', data: syntaxTree(readQuery('query', query)) };
}
