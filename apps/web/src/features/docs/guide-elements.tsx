import { Link as LinkIcon } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { Link } from 'react-router';
import { docsPath } from '../../app/paths.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import type { DrawElement } from './draw-nodes.tsx';
import { readGuideLink } from './guide-link.ts';

const LINK = 'text-accent underline decoration-accent/40 underline-offset-3 hover:decoration-accent';

function HeadingLink({ id }: { readonly id: string | undefined }): ReactNode {
  return (
    <Link
      to={{ hash: id ?? '' }}
      aria-label="Link to this part"
      className="ml-1.5 inline-flex rounded p-0.5 align-middle text-subtle opacity-0 hover:text-accent focus-visible:opacity-100 group-hover:opacity-100"
    >
      <LinkIcon aria-hidden className="size-3.5" />
    </Link>
  );
}

/** A block of code. Its lines wrap: what scrolls sideways is hard to reach by keyboard and on a phone. */
function CodeBlock({ children }: { readonly children: ReactNode }): ReactNode {
  const block = useRef<HTMLPreElement>(null);
  return (
    <div className="relative my-4">
      <pre
        ref={block}
        className="whitespace-pre-wrap break-words rounded-lg border border-line bg-canvas py-3 pr-11 pl-4 font-mono text-xs leading-5 [&_code]:border-0 [&_code]:bg-transparent [&_code]:p-0 [&_code]:text-xs"
      >
        {children}
      </pre>
      <CopyButton
        label="Copy code"
        className="absolute top-1 right-1"
        text={() => block.current?.textContent?.trimEnd() ?? ''}
      />
    </div>
  );
}

function GuideAnchor({
  orgId,
  slug,
  href = '',
  children,
}: {
  readonly orgId: string;
  readonly slug: string;
  readonly href?: string | undefined;
  readonly children: ReactNode;
}): ReactNode {
  const target = readGuideLink(href, slug);
  if (target === undefined) {
    return children;
  }
  return target.kind === 'guide' ? (
    <Link to={{ pathname: docsPath(orgId, target.slug), hash: target.heading }} className={LINK}>
      {children}
    </Link>
  ) : (
    <a href={target.href} target="_blank" rel="noreferrer" className={LINK}>
      {children}
    </a>
  );
}

/** What each part of a guide looks like. */
export function guideElements(orgId: string, slug: string): Readonly<Record<string, DrawElement>> {
  return {
    // The page's header is its heading; here it is only said again, large.
    h1: (_, children) => (
      <p aria-hidden className="mb-4 font-semibold text-2xl leading-8 tracking-tight">
        {children}
      </p>
    ),
    h2: ({ id }, children) => (
      <h2 id={id} className="group mt-9 mb-3 scroll-mt-6 font-semibold text-lg">
        {children}
        <HeadingLink id={id} />
      </h2>
    ),
    h3: ({ id }, children) => (
      <h3 id={id} className="group mt-6 mb-2 scroll-mt-6 font-semibold text-base">
        {children}
        <HeadingLink id={id} />
      </h3>
    ),
    p: (_, children) => <p className="my-3">{children}</p>,
    ul: (_, children) => <ul className="my-3 list-disc pl-5 marker:text-subtle">{children}</ul>,
    ol: ({ start }, children) => (
      <ol start={start} className="my-3 list-decimal pl-5 marker:text-subtle">
        {children}
      </ol>
    ),
    li: (_, children) => <li className="my-1 pl-1">{children}</li>,
    strong: (_, children) => <strong className="font-semibold">{children}</strong>,
    blockquote: (_, children) => (
      <blockquote className="my-4 rounded-r-md border-accent border-l-2 bg-canvas px-4 py-0.5">{children}</blockquote>
    ),
    code: (_, children) => (
      <code className="box-decoration-clone break-words rounded border border-line bg-canvas px-1 py-px font-mono text-[0.9em]">
        {children}
      </code>
    ),
    pre: (_, children) => <CodeBlock>{children}</CodeBlock>,
    table: (_, children) => <table className="my-4 w-full border-collapse text-sm">{children}</table>,
    th: (_, children) => (
      <th className="border-line-strong border-b py-1.5 pr-4 text-left align-bottom font-medium text-muted text-xs">
        {children}
      </th>
    ),
    td: (_, children) => (
      <td className="border-line border-b py-1.5 pr-4 align-top [overflow-wrap:anywhere]">{children}</td>
    ),
    a: ({ href }, children) => (
      <GuideAnchor orgId={orgId} slug={slug} href={href}>
        {children}
      </GuideAnchor>
    ),
  };
}
