import { AegisError, type OrgId, type SavedView } from '@aegisguard/model';
import type { Actor } from './actor.ts';
import { type Changes, notFound } from './changes.ts';
import type { Database, PrismaTransaction } from './database.ts';
import type { SavedView as SavedViewRow } from './generated/client.ts';
import { isId, newId } from './new-id.ts';
import { parseName } from './organizations.ts';

/** A page that views are saved of. */
type ViewPage = SavedView['page'];

/** A view as one person sees it. */
export interface StoredView {
  readonly id: string;
  readonly page: ViewPage;
  readonly name: string;
  /** The page's search parameters. */
  readonly state: string;
  readonly shared: boolean;
  /** Its maker is the one who asks. */
  readonly own: boolean;
  readonly ownerName: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What a view is made from. */
export interface NewView {
  readonly page: ViewPage;
  readonly name: string;
  readonly state: string;
  readonly shared: boolean;
}

/** Where a page of a list ends. */
export interface ViewPosition {
  readonly name: string;
  readonly id: string;
}

/** Which views. */
export interface ViewListRequest {
  readonly limit: number;
  readonly page?: ViewPage | undefined;
  readonly after?: ViewPosition | undefined;
}

/** Views of an organization. */
const VIEWS_MAX = 500;
/** Views of a person in an organization. */
const OWN_VIEWS_MAX = 200;

const OWNER = { owner: { select: { name: true } } } as const;

/** $2: who asks; $4, $5: the place of the last view of the page before. */
const LIST_SQL = `
  SELECT v.id, v.page, v.name, v.state, v.shared, v.created_at AS "createdAt", v.updated_at AS "updatedAt",
         coalesce(v.owner_id = $2::uuid, false) AS own, u.name AS "ownerName"
  FROM public.saved_views v LEFT JOIN public.users u ON u.id = v.owner_id
  WHERE v.org_id = $1 AND (v.shared OR v.owner_id = $2::uuid)
    AND ($3::text IS NULL OR v.page = $3)
    AND ($4::text IS NULL OR (v.name, v.id) > ($4, $5::uuid))
  ORDER BY v.name, v.id LIMIT $6`;

/** Views that people saved, for themselves or for their organization. A view that is neither one's own nor shared is not there. */
export class SavedViews {
  readonly #database: Database;
  readonly #changes: Changes;
  readonly #now: () => number;

  constructor(database: Database, changes: Changes, now: () => number) {
    this.#database = database;
    this.#changes = changes;
    this.#now = now;
  }

  /** One's own and the shared ones, by name. */
  async list(
    orgId: OrgId,
    userId: string | undefined,
    { limit, page, after }: ViewListRequest,
  ): Promise<{ readonly items: readonly StoredView[]; readonly next: ViewPosition | null }> {
    const values = [orgId, userId ?? null, page ?? null, after?.name ?? null, after?.id ?? null, limit + 1];
    const rows = await this.#database.rows<StoredView>(LIST_SQL, values, 'saved-views');
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    return { items, next: rows.length > limit && last ? { name: last.name, id: last.id } : null };
  }

  /** One view; `not-found` for one that is somebody else's alone. */
  find(orgId: OrgId, userId: string | undefined, viewId: string): Promise<StoredView> {
    return this.#database.prisma(async (prisma) => toView(await findRow(prisma, orgId, userId, viewId), userId));
  }

  /** Saves a view; `invalid-request` when there are too many. */
  create(orgId: OrgId, by: Actor, userId: string, view: NewView): Promise<StoredView> {
    return this.#changes.of(orgId, by, async (prisma) => {
      await demandRoom(prisma, orgId, userId);
      const now = new Date(this.#now());
      const { page, state, shared } = view;
      const data = { page, name: parseName(view.name), state, shared, createdAt: now, updatedAt: now };
      const row = await prisma.savedView.create({
        data: { id: newId(now.getTime()), orgId, ownerId: userId, ...data },
        include: OWNER,
      });
      const change = { action: 'view.create', target: targetOf(row), after: { page, state, shared } } as const;
      return { result: toView(row, userId), change };
    });
  }

  /** Changes a view that one sees. Only its maker may take a shared one back: for the others, and for one whose maker is gone, it would be lost. */
  update(
    orgId: OrgId,
    by: Actor,
    userId: string,
    viewId: string,
    wanted: { readonly [Member in 'name' | 'state' | 'shared']?: NewView[Member] | undefined },
  ): Promise<StoredView> {
    return this.#changes.of(orgId, by, async (prisma) => {
      await lockRow(prisma, orgId, viewId);
      const row = await findRow(prisma, orgId, userId, viewId);
      if (wanted.shared === false && row.shared && row.ownerId !== userId) {
        throw new AegisError('forbidden', { detail: 'Only its maker may make a shared view private.' });
      }
      const now = {
        name: wanted.name === undefined ? row.name : parseName(wanted.name),
        state: wanted.state ?? row.state,
        shared: wanted.shared ?? row.shared,
      };
      const changed = MEMBERS.filter((member) => now[member] !== row[member]);
      if (changed.length === 0) {
        return { result: toView(row, userId), change: null };
      }
      const data = { ...now, updatedAt: new Date(this.#now()) };
      const after = await prisma.savedView.update({ where: { id: viewId }, data, include: OWNER });
      const of = (view: SavedViewRow) => Object.fromEntries(changed.map((member) => [member, view[member]]));
      return {
        result: toView(after, userId),
        change: { action: 'view.update', target: targetOf(after), before: of(row), after: of(after) },
      };
    });
  }

  /** Deletes a view that one sees. */
  remove(orgId: OrgId, by: Actor, userId: string, viewId: string): Promise<void> {
    return this.#changes.of(orgId, by, async (prisma) => {
      await lockRow(prisma, orgId, viewId);
      const row = await findRow(prisma, orgId, userId, viewId);
      await prisma.savedView.delete({ where: { id: viewId } });
      const { page, state, shared } = row;
      return {
        result: undefined,
        change: { action: 'view.delete', target: targetOf(row), before: { page, state, shared } },
      };
    });
  }
}

const MEMBERS = ['name', 'state', 'shared'] as const;

type RowWithOwner = SavedViewRow & { readonly owner: { readonly name: string } | null };

function visibleTo(userId: string | undefined) {
  return { OR: [{ shared: true }, ...(userId === undefined ? [] : [{ ownerId: userId }])] };
}

async function findRow(
  prisma: PrismaTransaction,
  orgId: OrgId,
  userId: string | undefined,
  viewId: string,
): Promise<RowWithOwner> {
  const row = isId(viewId)
    ? await prisma.savedView.findFirst({ where: { id: viewId, orgId, ...visibleTo(userId) }, include: OWNER })
    : null;
  if (row === null) {
    throw notFound('saved view');
  }
  return row;
}

/** Changes of one view come one after the other. */
async function lockRow(prisma: PrismaTransaction, orgId: OrgId, viewId: string): Promise<void> {
  if (isId(viewId)) {
    await prisma.$queryRaw`SELECT FROM public.saved_views WHERE org_id = ${orgId}::uuid AND id = ${viewId}::uuid FOR UPDATE`;
  }
}

/** Under a lock of the organization's row, so that nobody else makes one meanwhile. */
async function demandRoom(prisma: PrismaTransaction, orgId: OrgId, userId: string): Promise<void> {
  await prisma.$queryRaw`SELECT FROM public.organizations WHERE id = ${orgId}::uuid FOR NO KEY UPDATE`;
  const counts = [
    [await prisma.savedView.count({ where: { orgId } }), VIEWS_MAX, 'An organization'],
    [await prisma.savedView.count({ where: { orgId, ownerId: userId } }), OWN_VIEWS_MAX, 'A person'],
  ] as const;
  for (const [count, limit, who] of counts) {
    if (count >= limit) {
      const detail = `${who} has at most ${limit} saved views: delete one first.`;
      throw new AegisError('invalid-request', { detail, members: { limit } });
    }
  }
}

function toView({ ownerId, owner, orgId: _, ...row }: RowWithOwner, userId: string | undefined): StoredView {
  const own = ownerId !== null && ownerId === userId;
  return { ...row, page: row.page as ViewPage, own, ownerName: owner?.name ?? null };
}

function targetOf({ id, name }: { readonly id: string; readonly name: string }) {
  return { kind: 'saved view', id, name };
}
