import { type Guide, type GuideGroup, groupGuides } from './guide.ts';
import type { GuideNode } from './guide-node.ts';

// Read when the application is built: see build/read-guide.ts.
const FILES = import.meta.glob<readonly GuideNode[]>('../../../../../docs/guides/*.md', {
  import: 'nodes',
  eager: true,
});

/** The documentation of this very version. */
export const GUIDE_GROUPS: readonly GuideGroup[] = groupGuides(FILES);

/** All guides in their order. */
export const GUIDES: readonly Guide[] = GUIDE_GROUPS.flatMap(({ guides }) => guides);
