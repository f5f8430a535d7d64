import type { Guide } from './guide.ts';

/** A place in the documentation. */
export interface GuideHit {
  readonly slug: string;
  readonly title: string;
  /** Undefined for the guide as a whole. */
  readonly heading: { readonly id: string; readonly text: string } | undefined;
}

const HITS_MAX = 12;

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Guides and headings that have all the words that were typed, each as the beginning of one of theirs; a guide's title counts for its headings. */
export function searchGuides(
  guides: readonly Pick<Guide, 'slug' | 'title' | 'headings'>[],
  typed: string,
): readonly GuideHit[] {
  const wanted = wordsOf(typed);
  const matches = (text: string): boolean => {
    const words = wordsOf(text);
    return wanted.every((each) => words.some((word) => word.startsWith(each)));
  };
  if (wanted.length === 0) {
    return [];
  }
  const hits = guides.flatMap(({ slug, title, headings }): GuideHit[] => {
    if (matches(title)) {
      return [{ slug, title, heading: undefined }];
    }
    const found = headings.filter(({ text }) => matches(`${title} ${text}`));
    return found.map(({ id, text }) => ({ slug, title, heading: { id, text } }));
  });
  // Whole guides first.
  return hits.toSorted((a, b) => Number(a.heading !== undefined) - Number(b.heading !== undefined)).slice(0, HITS_MAX);
}
