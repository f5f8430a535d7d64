/** Where a link of a guide leads. */
export type GuideTarget =
  | { readonly kind: 'guide'; readonly slug: string; readonly heading: string }
  /** Pages of the server that are not of this application. */
  | { readonly kind: 'server'; readonly href: string }
  | { readonly kind: 'elsewhere'; readonly href: string };

const GUIDE = /^(?:([a-z0-9-]+)\.md)?(?:#(.+))?$/;
const SERVER_PAGES: readonly string[] = ['/docs', '/openapi.json'];

/** Reads a link as it stands in a file of `docs/guides`, where it works in the repository, too; undefined for what a guide must not link to. */
export function readGuideLink(href: string, ofGuide: string): GuideTarget | undefined {
  if (SERVER_PAGES.includes(href)) {
    return { kind: 'server', href };
  }
  if (href.startsWith('https://')) {
    return { kind: 'elsewhere', href };
  }
  const match = href === '' ? null : GUIDE.exec(href);
  return match === null ? undefined : { kind: 'guide', slug: match[1] ?? ofGuide, heading: match[2] ?? '' };
}
