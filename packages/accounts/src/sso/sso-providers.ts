import { AegisError, type OrgId, type SsoSettings } from '@aegisguard/model';
import type { Actor } from '../actor.ts';
import { type Authority, authorityOf, demandHas, demandMayGive, lockOrganization } from '../authority.ts';
import { type Changes, notFound } from '../changes.ts';
import type { Database, PrismaTransaction } from '../database.ts';
import type { SsoProvider as SsoProviderRow } from '../generated/client.ts';
import { demandRole } from '../given-role.ts';
import { isId, newId } from '../new-id.ts';
import { parseName } from '../organizations.ts';
import type { SecretBox } from '../secret-box.ts';
import { type SsoLoginProvider, type SsoProvider, toSsoLoginProvider, toSsoProvider } from './sso-provider.ts';

/** How an organization signs in. */
export interface SsoSetup {
  /** What people type to sign in. */
  readonly slug: string;
  readonly provider: SsoProvider | undefined;
}

/** The identity providers of organizations, one each. A client's secret leaves for the login only. */
export class SsoProviders {
  readonly #database: Database;
  readonly #changes: Changes;
  readonly #box: SecretBox;
  readonly #now: () => number;

  constructor(database: Database, changes: Changes, box: SecretBox, now: () => number) {
    this.#database = database;
    this.#changes = changes;
    this.#box = box;
    this.#now = now;
  }

  /** How the organization signs in; `not-found` without the organization. */
  async read(orgId: OrgId): Promise<SsoSetup> {
    const row = await this.#database.prisma((prisma) =>
      prisma.organization.findUnique({ where: { id: orgId }, include: { ssoProvider: true } }),
    );
    if (row === null) {
      throw notFound('organization');
    }
    return { slug: row.slug, provider: row.ssoProvider === null ? undefined : toSsoProvider(row.ssoProvider) };
  }

  /**
   * Sets up or changes the provider. It can say of anybody that it is they who signed in, so whoever may choose it can become every member: that is an owner's. Whoever changes what else there is gives roles, and must have what they
   * give. Another issuer knows other people: who signed in through the one before is forgotten.
   */
  async put(orgId: OrgId, by: Actor, settings: SsoSettings): Promise<void> {
    await this.#changes.of(orgId, by, async (prisma) => {
      await lockOrganization(prisma, orgId);
      const before = await prisma.ssoProvider.findUnique({ where: { orgId } });
      await demandMaySave(prisma, orgId, by, before, settings);
      const now = new Date(this.#now());
      const row = this.#rowOf(orgId, before, settings, now);
      const { id, orgId: _, createdAt: __, ...changed } = row;
      await prisma.ssoProvider.upsert({ where: { orgId }, create: row, update: changed });
      if (before !== null && before.issuer !== row.issuer) {
        await prisma.ssoIdentity.deleteMany({ where: { providerId: id } });
      }
      if (before !== null && (before.issuer !== row.issuer || !row.enabled)) {
        await endSessions(prisma, orgId, now);
      }
      const secret = settings.clientSecret === undefined ? {} : { clientSecret: 'changed' };
      return {
        result: undefined,
        change: {
          action: before === null ? ('sso.create' as const) : ('sso.update' as const),
          target: { kind: 'sso-provider', id, name: row.name },
          before: before === null ? null : factsOf(before),
          after: { ...factsOf(row), ...secret },
        },
      };
    });
  }

  /** Removes the provider, and ends the sessions that came in through it. */
  async delete(orgId: OrgId, by: Actor): Promise<void> {
    await this.#changes.of(orgId, by, async (prisma) => {
      await lockOrganization(prisma, orgId);
      const row = await prisma.ssoProvider.findUnique({ where: { orgId } });
      if (row === null) {
        throw notFound('identity provider');
      }
      await prisma.ssoProvider.delete({ where: { orgId } });
      await endSessions(prisma, orgId, new Date(this.#now()));
      const target = { kind: 'sso-provider', id: row.id, name: row.name };
      return { result: undefined, change: { action: 'sso.delete', target, before: factsOf(row) } };
    });
  }

  /** The provider with which the organization of that slug signs in; undefined when there is none, or it is turned off. */
  async findBySlug(slug: string): Promise<SsoLoginProvider | undefined> {
    const organization = { slug: slug.trim().toLowerCase() };
    // PostgreSQL takes no NUL in a text.
    return slug.includes('\0')
      ? undefined
      : this.#findForLogin((prisma) => prisma.ssoProvider.findFirst({ where: { organization, enabled: true } }));
  }

  /** A provider by its id; undefined when there is none, or it is turned off. */
  async findEnabled(id: string): Promise<SsoLoginProvider | undefined> {
    return isId(id)
      ? this.#findForLogin((prisma) => prisma.ssoProvider.findFirst({ where: { id, enabled: true } }))
      : undefined;
  }

  async #findForLogin(
    find: (prisma: PrismaTransaction) => Promise<SsoProviderRow | null>,
  ): Promise<SsoLoginProvider | undefined> {
    const row = await this.#database.prisma(find);
    return row === null ? undefined : toSsoLoginProvider(this.#box, row);
  }

  #rowOf(orgId: OrgId, before: SsoProviderRow | null, { clientSecret: secret, ...settings }: SsoSettings, now: Date) {
    const id = before?.id ?? newId(now.getTime());
    const clientSecret =
      secret === undefined ? (before?.clientSecret ?? null) : Uint8Array.from(this.#box.seal(Buffer.from(secret), id));
    return {
      ...settings,
      id,
      orgId,
      name: parseName(settings.name),
      clientSecret,
      createdAt: before?.createdAt ?? now,
      updatedAt: now,
    };
  }
}

async function demandMaySave(
  prisma: PrismaTransaction,
  orgId: OrgId,
  by: Actor,
  before: SsoProviderRow | null,
  settings: SsoSettings,
): Promise<void> {
  const authority = await authorityOf(prisma, orgId, by);
  demandMayChoose(authority, before, settings);
  // It gives and takes the roles of people.
  demandHas(authority, ['users:write']);
  const refs = new Set(settings.roleMapping.map(({ role }) => role));
  for (const ref of settings.defaultRole === null ? refs : refs.add(settings.defaultRole)) {
    demandMayGive(authority, await demandRole(prisma, orgId, ref));
  }
  // A new issuer must not be sent the old one's secret.
  if (
    before !== null &&
    before.clientSecret !== null &&
    before.issuer !== settings.issuer &&
    settings.clientSecret === undefined
  ) {
    const message = 'The issuer is another one: enter the client secret that it gave you.';
    const errors = [{ path: '/clientSecret', message }];
    throw new AegisError('invalid-request', { detail: message, members: { errors } });
  }
}

function demandMayChoose(
  { isOwner }: Authority,
  before: SsoProviderRow | null,
  { issuer, clientId, clientSecret }: SsoSettings,
): void {
  const isChoice = before?.issuer !== issuer || before.clientId !== clientId || clientSecret !== undefined;
  if (isChoice && !isOwner) {
    throw new AegisError('forbidden', {
      detail: 'Only an owner chooses the identity provider: it can sign in as everybody.',
    });
  }
}

/** Sessions of the organization alone came in through its provider. */
async function endSessions(prisma: PrismaTransaction, orgId: OrgId, now: Date): Promise<void> {
  await prisma.session.updateMany({
    where: { orgId, revokedAt: null },
    data: { revokedAt: now, revokedReason: 'provider-removed' },
  });
}

function factsOf(
  row: Omit<SsoProviderRow, 'id' | 'orgId' | 'clientSecret' | 'createdAt' | 'updatedAt' | 'roleMapping'> & {
    readonly roleMapping: unknown;
  },
) {
  const { name, issuer, clientId, scopes, groupsClaim, roleMapping, defaultRole, provision, enabled } = row;
  return { name, issuer, clientId, scopes, groupsClaim, roleMapping, defaultRole, provision, enabled };
}
