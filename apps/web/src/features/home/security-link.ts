import { securityPath } from '../../app/paths.ts';
import { SECURITY_SECTIONS } from '../../app/sections.ts';

/** The way to a section of Security, where there is such a section. */
export function securityLink(
  orgId: string,
  slug: string,
  label: string,
): { readonly label: string; readonly to: string } | undefined {
  return SECURITY_SECTIONS.some((section) => section.slug === slug)
    ? { label, to: securityPath(orgId, slug) }
    : undefined;
}
