import { Funnel } from 'lucide-react';
import { type ReactNode, useContext } from 'react';
import { Link } from 'react-router';
import { useOrgId } from '../../../app/use-org-id.ts';
import { Button } from '../../../ui/button.tsx';
import { Tooltip } from '../../../ui/tooltip.tsx';
import { funnelBeginningWith } from '../../trace-funnels/funnel-link.ts';
import { LikeRange } from './like-range.ts';

const LABEL = 'Begin a funnel with spans like this';

/** Leads to a funnel whose first step is the spans of a service and a name. */
export function FunnelLink({ service, name }: { readonly service: string; readonly name: string }): ReactNode {
  const orgId = useOrgId();
  const range = useContext(LikeRange);
  return (
    <Tooltip text={LABEL}>
      <Button asChild variant="ghost" size="icon">
        <Link to={funnelBeginningWith(orgId, { service, operation: name }, range)} aria-label={LABEL}>
          <Funnel aria-hidden />
        </Link>
      </Button>
    </Tooltip>
  );
}
