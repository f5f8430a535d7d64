import type { DynamicModule, Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, Reflector } from '@nestjs/core';
import { AccountWatch } from './account/account-watch.ts';
import { ApiKeysController } from './account/api-keys.controller.ts';
import { AuthController } from './account/auth.controller.ts';
import { Devices } from './account/devices.ts';
import { LoginGate } from './account/login-gate.ts';
import { MyAccountController } from './account/my-account.controller.ts';
import { PasswordController } from './account/password.controller.ts';
import { PolicyTrial } from './account/policy-trial.ts';
import { PrivacyPolicyController } from './account/privacy-policy.controller.ts';
import { SecondFactors } from './account/second-factors.ts';
import { SignIn } from './account/sign-in.ts';
import { DeadLettersController } from './normalize/dead-letters.controller.ts';
import { AccessGuard } from './platform/access-guard.ts';
import { AccessWatch } from './platform/access-watch.ts';
import { ENGINES, type Engines } from './platform/engines.ts';
import { HealthController } from './platform/health.controller.ts';
import { ProblemFilter } from './platform/problem-filter.ts';
import { QueryTokens } from './platform/query-tokens.ts';
import { IngestController } from './query/ingest.controller.ts';
import { LogsController } from './query/logs.controller.ts';
import { MetricsController } from './query/metrics.controller.ts';
import { PrivacyController } from './query/privacy.controller.ts';
import { QueryRunner } from './query/query-runner.ts';
import { RumController } from './query/rum.controller.ts';
import { TracesController } from './query/traces.controller.ts';
import { UsageController } from './query/usage.controller.ts';

/** The controllers of each role; a process without the role does not have the routes. */
const QUERY_CONTROLLERS: readonly Type[] = [
  AuthController,
  MyAccountController,
  PasswordController,
  ApiKeysController,
  PrivacyPolicyController,
  LogsController,
  MetricsController,
  TracesController,
  RumController,
  IngestController,
  PrivacyController,
  UsageController,
  DeadLettersController,
];

/** Nest wants a class to name the module by. */
class AppModule {}

/** The Nest application: which rooms are open is decided by the roles, what is in them by the engines. */
export function appModule(engines: Engines): DynamicModule {
  const { roles } = engines.config;
  return {
    module: AppModule,
    controllers: [HealthController, ...(roles.has('query') ? QUERY_CONTROLLERS : [])],
    providers: [
      { provide: ENGINES, useValue: engines },
      SignIn,
      SecondFactors,
      Devices,
      { provide: AccountWatch, useFactory: () => new AccountWatch(engines) },
      { provide: LoginGate, useFactory: () => new LoginGate(engines.limits.throttle) },
      { provide: QueryRunner, useFactory: () => new QueryRunner(engines.metrics) },
      { provide: PolicyTrial, useFactory: () => new PolicyTrial(engines.logger) },
      { provide: APP_FILTER, useFactory: () => new ProblemFilter(engines.logger) },
      {
        provide: AccessGuard,
        useFactory: (reflector: Reflector) =>
          new AccessGuard(
            reflector,
            engines.tokens,
            engines.access,
            new QueryTokens(engines.accounts),
            new AccessWatch(engines.securityEvents, engines.access),
          ),
        inject: [Reflector],
      },
      { provide: APP_GUARD, useExisting: AccessGuard },
    ],
  };
}
