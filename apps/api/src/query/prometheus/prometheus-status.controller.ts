// https://prometheus.io/docs/prometheus/latest/querying/api/
import {
  type Asked,
  type PrometheusAlertsAnswer,
  type PrometheusBuildAnswer,
  type PrometheusFormatAnswer,
  type PrometheusParseAnswer,
  type PrometheusRulesAnswer,
  ROUTES,
} from '@aegisguard/model';
import { formatQuery } from '@aegisguard/promql';
import { Controller } from '@nestjs/common';
import type { z } from 'zod';
import { PRODUCT_VERSION } from '../../platform/product-version.ts';
import { Serves, TheRequest } from '../../platform/serves.ts';
import { readQuery } from './read-selectors.ts';
import { syntaxTree } from './syntax-tree.ts';

/** Clients choose by it what they may ask for, so it is the version that we do as. */
const DOES_AS = '3.16.0';

type Formatted = z.infer<typeof PrometheusFormatAnswer>;
type Parsed = z.infer<typeof PrometheusParseAnswer>;

/** Queries as texts, and what clients want to know of the server. */
@Controller()
export class PrometheusStatusController {
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

  @Serves(ROUTES.prometheusRules)
  rules(@TheRequest() _request: Asked<typeof ROUTES.prometheusRules>): z.infer<typeof PrometheusRulesAnswer> {
    return { status: 'success', data: { groups: [] } };
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
