import type { DynamicModule, Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, Reflector } from '@nestjs/core';
import { AccountWatch } from './account/account-watch.ts';
import { ApiKeysController } from './account/api-keys.controller.ts';
import { AuditController } from './account/audit.controller.ts';
import { AuthController } from './account/auth.controller.ts';
import { Devices } from './account/devices.ts';
import { ErasuresController } from './account/erasures.controller.ts';
import { FactorChanges } from './account/factor-changes.ts';
import { InvitationsController } from './account/invitations.controller.ts';
import { LogPipelinesController } from './account/log-pipelines.controller.ts';
import { LoginGate } from './account/login-gate.ts';
import { MfaController } from './account/mfa.controller.ts';
import { MyAccountController } from './account/my-account.controller.ts';
import { OrganizationsController } from './account/organizations.controller.ts';
import { PasskeySignIn } from './account/passkey-sign-in.ts';
import { PasskeysController } from './account/passkeys.controller.ts';
import { PasswordController } from './account/password.controller.ts';
import { PeopleController } from './account/people.controller.ts';
import { PolicyTrial } from './account/policy-trial.ts';
import { PrivacyPolicyController } from './account/privacy-policy.controller.ts';
import { RecordingRulesController } from './account/recording-rules.controller.ts';
import { RolesController } from './account/roles.controller.ts';
import { RuleTexts } from './account/rules/rule-texts.ts';
import { SavedViewsController } from './account/saved-views.controller.ts';
import { SecondStep } from './account/second-step.ts';
import { SignIn } from './account/sign-in.ts';
import { IdentityProviders } from './account/sso/identity-providers.ts';
import { SsoController } from './account/sso/sso.controller.ts';
import { SsoLoginController } from './account/sso/sso-login.controller.ts';
import { TraceSamplingController } from './account/trace-sampling.controller.ts';
import { DeadLettersController } from './normalize/dead-letters.controller.ts';
import { AccessGuard } from './platform/access-guard.ts';
import { AccessWatch } from './platform/access-watch.ts';
import { ENGINES, type Engines } from './platform/engines.ts';
import { HealthController } from './platform/health.controller.ts';
import { KeyWatch } from './platform/key-watch.ts';
import { PipelineTrial } from './platform/log-pipelines/pipeline-trial.ts';
import { ProblemFilter } from './platform/problem-filter.ts';
import { QueryTokens } from './platform/query-tokens.ts';
import { servedRoutes } from './platform/served-routes.ts';
import { IngestController } from './query/ingest.controller.ts';
import { KeyVolumeController } from './query/key-volume.controller.ts';
import { LogPipelinePreviewController } from './query/log-pipeline-preview.controller.ts';
import { LogAnalysisController } from './query/logs/log-analysis.controller.ts';
import { LogExportController } from './query/logs/log-export.controller.ts';
import { LogsController } from './query/logs.controller.ts';
import { LokiDetectedController } from './query/loki/loki-detected.controller.ts';
import { LokiNamesController } from './query/loki/loki-names.controller.ts';
import { LokiQueryController } from './query/loki/loki-query.controller.ts';
import { LokiTailController } from './query/loki/loki-tail.controller.ts';
import { LokiVolumeController } from './query/loki/loki-volume.controller.ts';
import { MetricsController } from './query/metrics.controller.ts';
import { PrivacyController } from './query/privacy.controller.ts';
import { PrometheusMetadataController } from './query/prometheus/prometheus-metadata.controller.ts';
import { PrometheusNamesController } from './query/prometheus/prometheus-names.controller.ts';
import { PrometheusQueryController } from './query/prometheus/prometheus-query.controller.ts';
import { PrometheusStatusController } from './query/prometheus/prometheus-status.controller.ts';
import { QueryRunner } from './query/query-runner.ts';
import { RumController } from './query/rum.controller.ts';
import { SamplingPreviewController } from './query/sampling-preview.controller.ts';
import { SecurityEventsController } from './query/security-events.controller.ts';
import { ServicesController } from './query/services/services.controller.ts';
import { Feeds } from './query/tail/feeds.ts';
import { TailController } from './query/tail/tail.controller.ts';
import { TailHub } from './query/tail/tail-hub.ts';
import { TempoMetricsController } from './query/tempo/tempo-metrics.controller.ts';
import { TempoSearchController } from './query/tempo/tempo-search.controller.ts';
import { TempoTagsController } from './query/tempo/tempo-tags.controller.ts';
import { TempoTraceController } from './query/tempo/tempo-trace.controller.ts';
import { TraceViewsController } from './query/trace/trace-views.controller.ts';
import { TraceFunnelController } from './query/traceql/trace-funnel.controller.ts';
import { TraceqlController } from './query/traceql/traceql.controller.ts';
import { UsageController } from './query/usage.controller.ts';
import { DashboardsController } from './workspace/dashboards.controller.ts';

/** Of every process. */
const COMMON_CONTROLLERS: readonly Type[] = [HealthController];

/** Of processes with the role; without it they do not have the routes. */
const QUERY_CONTROLLERS: readonly Type[] = [
  AuthController,
  MfaController,
  PasskeysController,
  MyAccountController,
  PasswordController,
  ApiKeysController,
  AuditController,
  SavedViewsController,
  DashboardsController,
  RecordingRulesController,
  KeyVolumeController,
  PeopleController,
  InvitationsController,
  RolesController,
  OrganizationsController,
  ErasuresController,
  SsoController,
  SsoLoginController,
  PrivacyPolicyController,
  LogPipelinesController,
  TraceSamplingController,
  SamplingPreviewController,
  LogPipelinePreviewController,
  LogsController,
  LogAnalysisController,
  LogExportController,
  LokiQueryController,
  LokiNamesController,
  LokiVolumeController,
  LokiDetectedController,
  TailController,
  LokiTailController,
  TempoTraceController,
  TempoSearchController,
  TempoTagsController,
  TempoMetricsController,
  MetricsController,
  PrometheusQueryController,
  PrometheusNamesController,
  PrometheusMetadataController,
  PrometheusStatusController,
  TraceqlController,
  TraceFunnelController,
  TraceViewsController,
  ServicesController,
  RumController,
  SecurityEventsController,
  IngestController,
  PrivacyController,
  UsageController,
  DeadLettersController,
];

/** All of them. */
export const CONTROLLERS: readonly Type[] = [...COMMON_CONTROLLERS, ...QUERY_CONTROLLERS];

/** Nest wants a class to name the module by. */
class AppModule {}

/** The Nest application: which rooms are open is decided by the roles, what is in them by the engines. */
export function appModule(engines: Engines): DynamicModule {
  const { roles } = engines.config;
  const controllers = roles.has('query') ? CONTROLLERS : COMMON_CONTROLLERS;
  servedRoutes(controllers);
  return {
    module: AppModule,
    controllers: [...controllers],
    providers: [
      { provide: ENGINES, useValue: engines },
      SignIn,
      SecondStep,
      FactorChanges,
      PasskeySignIn,
      Devices,
      { provide: LoginGate, useFactory: () => new LoginGate(engines.limits) },
      {
        provide: AccountWatch,
        useFactory: (gate: LoginGate) => new AccountWatch({ ...engines, gate }),
        inject: [LoginGate],
      },
      { provide: IdentityProviders, useFactory: () => new IdentityProviders(engines) },
      { provide: QueryRunner, useFactory: () => new QueryRunner(engines.metrics) },
      Feeds,
      { provide: TailHub, useFactory: () => new TailHub(engines.tails, engines.metrics) },
      { provide: PolicyTrial, useFactory: () => new PolicyTrial(engines.logger) },
      { provide: PipelineTrial, useFactory: () => new PipelineTrial(engines.logger) },
      { provide: RuleTexts, useFactory: () => new RuleTexts(engines.logger) },
      { provide: APP_FILTER, useFactory: () => new ProblemFilter(engines.logger) },
      {
        provide: AccessGuard,
        useFactory: (reflector: Reflector) =>
          new AccessGuard(
            reflector,
            engines.tokens,
            engines.access,
            new QueryTokens(engines.accounts, new KeyWatch(engines.securityEvents, engines.metrics), engines.keyUse),
            new AccessWatch(engines.securityEvents, engines.access),
          ),
        inject: [Reflector],
      },
      { provide: APP_GUARD, useExisting: AccessGuard },
    ],
  };
}
