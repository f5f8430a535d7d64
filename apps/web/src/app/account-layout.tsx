import type { ReactNode } from 'react';
import { Frame } from './frame.tsx';
import { startOrganization } from './last-organization.ts';
import { HeaderLine } from './page-header.tsx';
import { SectionFrame, useCurrentSection } from './section-layout.tsx';
import { ACCOUNT_SECTIONS } from './sections.ts';
import { useMe } from './use-me.ts';

const TITLE = 'Account';

/** The person's own pages. They belong to no organization; the navigation leads to the one that was last looked at. */
export function AccountLayout(): ReactNode {
  const { data: me } = useMe();
  const current = useCurrentSection(ACCOUNT_SECTIONS);
  const orgId = me === undefined ? undefined : startOrganization(me.organizations)?.id;
  return (
    <Frame orgId={orgId}>
      <HeaderLine
        orgId={orgId}
        place={<span className="px-2 font-medium">{TITLE}</span>}
        title={current?.label ?? TITLE}
      />
      <SectionFrame label={TITLE} sections={ACCOUNT_SECTIONS} />
    </Frame>
  );
}
