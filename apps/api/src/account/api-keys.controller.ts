import type { ApiKey, ApiKeyCredentials } from '@aegisguard/accounts';
import {
  type ApiKeyPage,
  type ApiKeyView,
  type NewApiKeyAnswer,
  NewApiKeyRequest,
  type OrgId,
  RotateApiKeyRequest,
} from '@aegisguard/model';
import { Body, Controller, Delete, Get, Header, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { CallerOrg, RequirePermission } from '../platform/access.ts';
import { ENGINES, type Engines } from '../platform/engines.ts';
import { ZodPipe } from '../platform/zod-pipe.ts';

const ListRequest = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
});

/** An organization's API keys (contract §5). A secret leaves in the answer that makes it, which nobody may keep, and never again. */
@Controller('apikeys')
export class ApiKeysController {
  constructor(@Inject(ENGINES) private readonly engines: Engines) {}

  @Get()
  @RequirePermission('keys:read')
  async list(
    @CallerOrg() orgId: OrgId,
    @Query(new ZodPipe(ListRequest)) request: z.infer<typeof ListRequest>,
  ): Promise<ApiKeyPage> {
    const { items, nextCursor } = await this.engines.accounts.listApiKeys(orgId, request);
    return { items: items.map(viewOf), nextCursor };
  }

  @Get(':id')
  @RequirePermission('keys:read')
  async read(@CallerOrg() orgId: OrgId, @Param('id') id: string): Promise<ApiKeyView> {
    return viewOf(await this.engines.accounts.findApiKey(orgId, id));
  }

  @Post()
  @Header('cache-control', 'no-store')
  @RequirePermission('keys:write')
  async create(
    @CallerOrg() orgId: OrgId,
    @Body(new ZodPipe(NewApiKeyRequest)) { expiresAt, ...request }: NewApiKeyRequest,
  ): Promise<NewApiKeyAnswer> {
    const key = { ...request, expiresAt: expiresAt === undefined ? undefined : new Date(expiresAt) };
    return answerOf(await this.engines.accounts.createApiKey(orgId, key));
  }

  @Post(':id/rotate')
  @Header('cache-control', 'no-store')
  @RequirePermission('keys:write')
  async rotate(
    @CallerOrg() orgId: OrgId,
    @Param('id') id: string,
    @Body(new ZodPipe(RotateApiKeyRequest)) { overlapSeconds }: RotateApiKeyRequest,
  ): Promise<NewApiKeyAnswer> {
    return answerOf(await this.engines.accounts.rotateApiKey(orgId, id, overlapSeconds));
  }

  @Delete(':id')
  @HttpCode(204)
  @RequirePermission('keys:write')
  async revoke(@CallerOrg() orgId: OrgId, @Param('id') id: string): Promise<void> {
    await this.engines.accounts.revokeApiKey(orgId, id);
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
  };
}

function answerOf(key: ApiKeyCredentials): NewApiKeyAnswer {
  return { ...viewOf(key), secret: key.secret };
}
