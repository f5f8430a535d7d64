import {
  type Asked,
  type DependenciesAnswer,
  type EnvironmentsAnswer,
  type OperationsAnswer,
  type OrgId,
  ROUTES,
  type ServiceMapAnswer,
  type ServicesAnswer,
  type ServiceTimelineAnswer,
} from '@aegisguard/model';
import { Controller, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CallerOrg } from '../../platform/access.ts';
import { ENGINES, type Engines } from '../../platform/engines.ts';
import { Serves, TheRequest } from '../../platform/serves.ts';
import { QueryRunner } from '../query-runner.ts';
import { figureRange } from './figure-range.ts';
import { listEnvironments } from './list-environments.ts';
import { listOperations } from './list-operations.ts';
import { listServices } from './list-services.ts';
import { serviceDependencies, serviceMap } from './service-map.ts';
import { serviceTimeline } from './service-timeline.ts';

/** Services as their spans show them. */
@Controller()
export class ServicesController {
  constructor(
    @Inject(ENGINES) private readonly engines: Engines,
    @Inject(QueryRunner) private readonly runner: QueryRunner,
  ) {}

  @Serves(ROUTES.listServices)
  async list(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { body }: Asked<typeof ROUTES.listServices>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ServicesAnswer> {
    const range = figureRange(body, Date.now());
    return this.runner.run(orgId, 'services', reply, (bounds) =>
      listServices(this.engines.storage.services, orgId, body, range, bounds),
    );
  }

  @Serves(ROUTES.listEnvironments)
  async environments(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { body }: Asked<typeof ROUTES.listEnvironments>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EnvironmentsAnswer> {
    const range = figureRange(body, Date.now());
    return this.runner.run(orgId, 'services/environments', reply, (bounds) =>
      listEnvironments(this.engines.storage.services, orgId, body, range, bounds),
    );
  }

  @Serves(ROUTES.listOperations)
  async operations(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { body }: Asked<typeof ROUTES.listOperations>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OperationsAnswer> {
    const range = figureRange(body, Date.now());
    return this.runner.run(orgId, 'services/operations', reply, (bounds) =>
      listOperations(this.engines.storage.services, orgId, body, range, bounds),
    );
  }

  @Serves(ROUTES.serviceTimeline)
  async timeline(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { body }: Asked<typeof ROUTES.serviceTimeline>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ServiceTimelineAnswer> {
    const range = figureRange(body, Date.now());
    return this.runner.run(orgId, 'services/timeline', reply, (bounds) =>
      serviceTimeline(this.engines.storage.services, orgId, body, range, bounds),
    );
  }

  @Serves(ROUTES.serviceMap)
  async map(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { body }: Asked<typeof ROUTES.serviceMap>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ServiceMapAnswer> {
    const range = figureRange(body, Date.now());
    return this.runner.run(orgId, 'services/map', reply, (bounds) =>
      serviceMap(this.engines.storage.services, orgId, body, range, bounds),
    );
  }

  @Serves(ROUTES.serviceDependencies)
  async dependencies(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { body }: Asked<typeof ROUTES.serviceDependencies>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DependenciesAnswer> {
    const range = figureRange(body, Date.now());
    return this.runner.run(orgId, 'services/dependencies', reply, (bounds) =>
      serviceDependencies(this.engines.storage.services, orgId, body, range, bounds),
    );
  }
}
