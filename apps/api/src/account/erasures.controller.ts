import { type AnswerOf, type Asked, type ErasureView, ROUTES } from '@aegisguard/model';
import { Controller, Inject } from '@nestjs/common';
import { CallerUser } from '../platform/access.ts';
import { ENGINES, type Engines } from '../platform/engines.ts';
import { Serves, TheRequest } from '../platform/serves.ts';
import { erasureView } from './erasure-view.ts';

/** Deleted organizations, for whoever deleted them. */
@Controller()
export class ErasuresController {
  constructor(@Inject(ENGINES) private readonly engines: Engines) {}

  @Serves(ROUTES.listErasures)
  async list(
    @CallerUser() userId: string,
    @TheRequest() { query }: Asked<typeof ROUTES.listErasures>,
  ): Promise<AnswerOf<typeof ROUTES.listErasures>> {
    const { items, nextCursor } = await this.engines.accounts.erasures.list(userId, query);
    return { items: items.map(erasureView), nextCursor };
  }

  @Serves(ROUTES.readErasure)
  async read(
    @CallerUser() userId: string,
    @TheRequest() { params }: Asked<typeof ROUTES.readErasure>,
  ): Promise<ErasureView> {
    return erasureView(await this.engines.accounts.erasures.find(userId, params.id));
  }
}
