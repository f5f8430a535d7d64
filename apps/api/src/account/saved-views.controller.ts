import type { Actor, StoredView, ViewPosition } from '@aegisguard/accounts';
import { type Asked, type OrgId, ROUTES, type SavedView, type SavedViewPage } from '@aegisguard/model';
import { Controller, Inject } from '@nestjs/common';
import { By, type Caller, CallerOrg, CallerUser, TheCaller } from '../platform/access.ts';
import { ENGINES, type Engines } from '../platform/engines.ts';
import { type CursorKind, PageCursors } from '../platform/page-cursors.ts';
import { Serves, TheRequest } from '../platform/serves.ts';

const VIEW_CURSOR: CursorKind<ViewPosition> = {
  name: 'view-cursor',
  write: ({ name, id }) => [Buffer.from(name).toString('base64url'), id],
  read: ([name = '', id = '']) => ({ name: Buffer.from(name, 'base64url').toString(), id }),
};

/** Pages with their query, saved under a name: one's own, and the shared ones. */
@Controller()
export class SavedViewsController {
  private readonly cursors: PageCursors<ViewPosition>;

  constructor(@Inject(ENGINES) private readonly engines: Engines) {
    this.cursors = new PageCursors(engines.cursorKey, VIEW_CURSOR);
  }

  @Serves(ROUTES.listViews)
  async list(
    @CallerOrg() orgId: OrgId,
    @TheCaller() { userId }: Caller,
    @TheRequest() { query: { limit, cursor, page } }: Asked<typeof ROUTES.listViews>,
  ): Promise<SavedViewPage> {
    const question = page ?? '';
    const after = cursor === undefined ? undefined : this.cursors.read(orgId, question, cursor);
    const { items, next } = await this.engines.accounts.savedViews.list(orgId, userId, { limit, page, after });
    return { items: items.map(viewOf), nextCursor: next && this.cursors.write(orgId, question, next) };
  }

  @Serves(ROUTES.readView)
  async read(
    @CallerOrg() orgId: OrgId,
    @TheCaller() { userId }: Caller,
    @TheRequest() { params }: Asked<typeof ROUTES.readView>,
  ): Promise<SavedView> {
    return viewOf(await this.engines.accounts.savedViews.find(orgId, userId, params.id));
  }

  @Serves(ROUTES.createView)
  async create(
    @CallerOrg() orgId: OrgId,
    @By() by: Actor,
    @CallerUser() userId: string,
    @TheRequest() { body }: Asked<typeof ROUTES.createView>,
  ): Promise<SavedView> {
    return viewOf(await this.engines.accounts.savedViews.create(orgId, by, userId, body));
  }

  @Serves(ROUTES.updateView)
  async update(
    @CallerOrg() orgId: OrgId,
    @By() by: Actor,
    @CallerUser() userId: string,
    @TheRequest() { params, body }: Asked<typeof ROUTES.updateView>,
  ): Promise<SavedView> {
    return viewOf(await this.engines.accounts.savedViews.update(orgId, by, userId, params.id, body));
  }

  @Serves(ROUTES.deleteView)
  async remove(
    @CallerOrg() orgId: OrgId,
    @By() by: Actor,
    @CallerUser() userId: string,
    @TheRequest() { params }: Asked<typeof ROUTES.deleteView>,
  ): Promise<void> {
    await this.engines.accounts.savedViews.remove(orgId, by, userId, params.id);
  }
}

function viewOf({ createdAt, updatedAt, ...view }: StoredView): SavedView {
  return { ...view, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
}
