import { type GuideOutline, outlineOf } from './guide-outline.ts';

/** A page of the documentation: a file of the repository's `docs/guides`. */
export interface Guide extends GuideOutline {
  readonly slug: string;
  readonly text: string;
}

/** Guides that belong together. */
export interface GuideGroup {
  readonly label: string;
  readonly guides: readonly Guide[];
}

const FILES: Readonly<Record<string, string>> = import.meta.glob('../../../../../docs/guides/*.md', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** The order in which they are read. */
const ORDER = [
  ['Begin', ['getting-started', 'sending-data', 'api-keys-and-rotation']],
  ['People and access', ['people-and-roles', 'single-sign-on', 'two-factor-and-passkeys']],
  ['Security', ['security-events', 'audit-log', 'privacy', 'retention-and-erasure']],
  ['Operation', ['operating', 'api-conventions']],
] as const;

function slugOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1, -'.md'.length);
}

/** The names of all files that there are. */
export const GUIDE_FILES: readonly string[] = Object.keys(FILES).map(slugOf);

function readGuide(slug: string): Guide {
  const text = Object.entries(FILES).find(([file]) => slugOf(file) === slug)?.[1] ?? '';
  return { slug, text, ...outlineOf(text) };
}

/** The whole documentation. */
export const GUIDE_GROUPS: readonly GuideGroup[] = ORDER.map(([label, slugs]) => ({
  label,
  guides: slugs.map(readGuide),
}));

/** All guides in their order. */
export const GUIDES: readonly Guide[] = GUIDE_GROUPS.flatMap(({ guides }) => guides);
