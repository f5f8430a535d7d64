import { elementsOf, type GuideNode, textOf } from './guide-node.ts';

/** A heading that can be linked. */
export interface GuideHeading {
  readonly id: string;
  readonly text: string;
  /** 2 for parts of the guide, 3 for parts of those. */
  readonly depth: number;
}

/** A page of the documentation: a file of the repository's `docs/guides`. */
export interface Guide {
  readonly slug: string;
  readonly title: string;
  readonly headings: readonly GuideHeading[];
  /** Where its links lead, as they are written. */
  readonly links: readonly string[];
  readonly nodes: readonly GuideNode[];
}

/** Guides that belong together. */
export interface GuideGroup {
  readonly label: string;
  readonly guides: readonly Guide[];
}

/** The order in which they are read. */
const ORDER = [
  ['Begin', ['getting-started', 'sending-data', 'api-keys-and-rotation', 'log-pipelines']],
  [
    'Looking at data',
    [
      'exploring-logs',
      'live-tail',
      'searching-traces',
      'trace-funnels',
      'services',
      'querying-metrics',
      'dashboards',
      'recording-rules',
    ],
  ],
  ['People and access', ['people-and-roles', 'single-sign-on', 'two-factor-and-passkeys']],
  ['Security', ['security-events', 'audit-log', 'privacy', 'retention-and-erasure', 'trace-sampling']],
  ['Operation', ['operating', 'api-conventions']],
] as const;

/** The name of a guide, from its file. */
export function guideSlug(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1, -'.md'.length);
}

function guideOf(slug: string, nodes: readonly GuideNode[]): Guide {
  const elements = elementsOf(nodes);
  const headings = elements.flatMap((element) =>
    /^h[1-3]$/.test(element.tag)
      ? [{ id: element.properties.id ?? '', text: textOf(element), depth: Number(element.tag.slice(1)) }]
      : [],
  );
  return {
    slug,
    nodes,
    title: headings.find(({ depth }) => depth === 1)?.text ?? '',
    headings: headings.filter(({ depth }) => depth > 1),
    links: elements.flatMap(({ tag, properties }) => (tag === 'a' ? [properties.href ?? ''] : [])),
  };
}

/** The documentation that files with these nodes make. */
export function groupGuides(nodesOfFiles: Readonly<Record<string, readonly GuideNode[]>>): readonly GuideGroup[] {
  const files = Object.entries(nodesOfFiles);
  return ORDER.map(([label, slugs]) => ({
    label,
    guides: slugs.map((slug) => guideOf(slug, files.find(([file]) => guideSlug(file) === slug)?.[1] ?? [])),
  }));
}
