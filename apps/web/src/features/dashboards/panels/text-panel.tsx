import type { ComponentProps, ReactNode } from 'react';
import Markdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { scrollStop } from '../../../lib/scroll-stop.ts';

/** Links of a dashboard leave the application in a tab of their own, which learns nothing of us. */
function TextLink({ href, children }: ComponentProps<'a'>): ReactNode {
  return (
    <a href={href} target="_blank" rel="noreferrer noopener" className="text-accent underline underline-offset-2">
      {children}
    </a>
  );
}

/** Pictures from elsewhere would tell others who looks at the dashboard, and the policy forbids them: their words stand instead. */
function PictureWords({ alt = '', src }: ComponentProps<'img'>): ReactNode {
  return <span className="text-subtle">[{alt === '' ? String(src ?? 'picture') : alt}]</span>;
}

/** Markdown of a panel; HTML in it is text. */
export function TextPanel({ text }: { readonly text: string }): ReactNode {
  return (
    <div
      ref={scrollStop}
      className="scrollbar-slim h-full overflow-y-auto break-words [&_blockquote]:border-line-strong [&_blockquote]:border-l-2 [&_blockquote]:pl-3 [&_code]:rounded [&_code]:bg-hover [&_code]:px-1 [&_code]:font-mono [&_h1]:mb-2 [&_h1]:font-semibold [&_h1]:text-lg [&_h2]:mb-1.5 [&_h2]:font-semibold [&_h2]:text-base [&_h3]:font-semibold [&_hr]:my-3 [&_hr]:border-line [&_li]:my-0.5 [&_ol]:list-decimal [&_ol]:pl-5 [&_p]:mb-2 [&_pre]:overflow-x-auto [&_pre]:rounded [&_pre]:bg-hover [&_pre]:p-2 [&_td]:border [&_td]:border-line [&_td]:px-2 [&_td]:py-1 [&_th]:border [&_th]:border-line [&_th]:px-2 [&_th]:py-1 [&_th]:text-left [&_ul]:list-disc [&_ul]:pl-5"
    >
      <Markdown remarkPlugins={[remarkGfm]} components={{ a: TextLink, img: PictureWords }}>
        {text}
      </Markdown>
    </div>
  );
}
