import { Fragment, isValidElement, type ReactNode } from 'react';
import Markdown from 'react-markdown';
import rehypeSlug from 'rehype-slug';
import remarkGfm from 'remark-gfm';
import type { Plugin } from 'vite';
import type { GuideNode } from '../src/features/docs/guide-node.ts';

/** What a page uses of an element's properties; the rest is the business of whoever draws it. */
const PROPERTIES = ['id', 'href', 'start'] as const;

function nodesOf(drawn: ReactNode): readonly GuideNode[] {
  if (typeof drawn === 'string') {
    return [drawn];
  }
  if (Array.isArray(drawn)) {
    return drawn.flatMap(nodesOf);
  }
  if (!isValidElement<Record<string, unknown>>(drawn)) {
    return [];
  }
  const { type, props } = drawn;
  const children = nodesOf(props.children as ReactNode);
  if (type === Fragment) {
    return children;
  }
  const kept = PROPERTIES.filter((name) => props[name] !== undefined).map((name) => [name, props[name]]);
  return [{ tag: String(type), properties: Object.fromEntries(kept), children }];
}

/** A guide as nodes to draw. HTML in it is text; headings get ids as GitHub gives them. */
export function readGuide(text: string): readonly GuideNode[] {
  // A plain function of its properties, which gives back elements.
  return nodesOf(Markdown({ children: text, remarkPlugins: [remarkGfm], rehypePlugins: [rehypeSlug] }));
}

/** Makes each file of `docs/guides` a module with its nodes, so that no browser has to load and run a parser of Markdown (70 kB). */
export function guideModules(): Plugin {
  return {
    name: 'guide-modules',
    transform(code, id) {
      return /\/docs\/guides\/[^/]+\.md$/.test(id)
        ? { code: `export const nodes = ${JSON.stringify(readGuide(code))};`, map: null, moduleType: 'js' }
        : undefined;
    },
  };
}
