import type { Actor, ApiKey, ApiKeyCredentials } from '@aegisguard/accounts';
import {
  type ApiKeyPage,
  type ApiKeyView,
  type Asked,
  type NewApiKeyAnswer,
  type OrgId,
  ROUTES,
} from '@aegisguard/model';
import { Controller, Header, Inject } from '@nestjs/common';
import { By, CallerOrg } from '../platform/access.ts';
import { ENGINES, type Engines } from '../platform/engines.ts';
import { Serves, TheRequest } from '../platform/serves.ts';

/** An organization's API keys (contract §5). A secret leaves in the answer that makes it, which nobody may keep, and never again. */
@Controller()
export class ApiKeysController {
  constructor(@Inject(ENGINES) private readonly engines: Engines) {}

  @Serves(ROUTES.listKeys)
  async list(@CallerOrg() orgId: OrgId, @TheRequest() { query }: Asked<typeof ROUTES.listKeys>): Promise<ApiKeyPage> {
    const { items, nextCursor } = await this.engines.accounts.apiKeys.list(orgId, query);
    return { items: items.map(viewOf), nextCursor };
  }

  @Serves(ROUTES.readKey)
  async read(@CallerOrg() orgId: OrgId, @TheRequest() { params }: Asked<typeof ROUTES.readKey>): Promise<ApiKeyView> {
    return viewOf(await this.engines.accounts.apiKeys.find(orgId, params.id));
  }

  @Serves(ROUTES.createKey)
  @Header('cache-control', 'no-store')
  async create(
    @CallerOrg() orgId: OrgId,
    @By() by: Actor,
    @TheRequest() { body: { expiresAt, ...request } }: Asked<typeof ROUTES.createKey>,
  ): Promise<NewApiKeyAnswer> {
    const key = { ...request, expiresAt: expiresAt === undefined ? undefined : new Date(expiresAt) };
    return answerOf(await this.engines.accounts.apiKeys.create(orgId, by, key));
  }

  @Serves(ROUTES.updateKey)
  async update(
    @CallerOrg() orgId: OrgId,
    @By() by: Actor,
    @TheRequest() { params, body }: Asked<typeof ROUTES.updateKey>,
  ): Promise<ApiKeyView> {
    return viewOf(await this.engines.accounts.apiKeys.rename(orgId, by, params.id, body.name));
  }

  @Serves(ROUTES.rotateKey)
  @Header('cache-control', 'no-store')
  async rotate(
    @CallerOrg() orgId: OrgId,
    @By() by: Actor,
    @TheRequest() { params, body }: Asked<typeof ROUTES.rotateKey>,
  ): Promise<NewApiKeyAnswer> {
    return answerOf(await this.engines.accounts.apiKeys.rotate(orgId, by, params.id, body.overlapSeconds));
  }

  @Serves(ROUTES.revokeKey)
  async revoke(
    @CallerOrg() orgId: OrgId,
    @By() by: Actor,
    @TheRequest() { params }: Asked<typeof ROUTES.revokeKey>,
  ): Promise<void> {
    await this.engines.accounts.apiKeys.revoke(orgId, by, params.id);
  }
}

function viewOf(key: ApiKey): ApiKeyView {
  return {
    id: key.id,
    name: key.name,
    kind: key.kind,
    key: key.id,
    scopes: [...key.scopes],
    origins: [...key.origins],
    requireTimestamp: key.requireTimestamp,
    createdAt: key.createdAt.toISOString(),
    expiresAt: key.expiresAt?.toISOString() ?? null,
    revokedAt: key.revokedAt?.toISOString() ?? null,
    lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
    createdByName: key.createdByName,
  };
}

function answerOf(key: ApiKeyCredentials): NewApiKeyAnswer {
  return { ...viewOf(key), secret: key.secret };
}
