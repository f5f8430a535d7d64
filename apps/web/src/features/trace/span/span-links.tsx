import type { SpanView } from '@aegisguard/model';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { tracePath } from '../../../app/paths.ts';
import { useOrgId } from '../../../app/use-org-id.ts';
import { AttributeList } from './attribute-list.tsx';

/** The spans that a span says it is related to, of this or of other traces. */
export function SpanLinks({
  span: { links },
  traceId,
}: {
  readonly span: SpanView;
  readonly traceId: string;
}): ReactNode {
  const orgId = useOrgId();
  // A span may be linked twice, for two reasons.
  const cards = links.map((link, index) => ({ link, id: `${index} ${link.spanId}` }));
  return (
    <ul className="flex flex-col gap-2">
      {cards.map(({ link, id }) => (
        <li key={id} className="rounded-md border border-line p-2">
          <Link
            to={`${tracePath(orgId, link.traceId)}?${new URLSearchParams({ span: link.spanId })}`}
            className="break-all px-2 font-mono text-accent text-xs underline underline-offset-2"
          >
            {link.traceId === traceId ? `Span ${link.spanId} of this trace` : `${link.traceId} · ${link.spanId}`}
          </Link>
          <AttributeList title="Attributes" scope="link" attributes={link.attributes} />
        </li>
      ))}
    </ul>
  );
}
