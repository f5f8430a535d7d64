import Markdown from 'react-markdown';
import rehypeSlug from 'rehype-slug';
import remarkGfm from 'remark-gfm';

/** A heading that can be linked. */
export interface GuideHeading {
  readonly id: string;
  readonly text: string;
  /** 2 for parts of the guide, 3 for parts of those. */
  readonly depth: number;
}

/** What a guide consists of. */
export interface GuideOutline {
  readonly title: string;
  readonly headings: readonly GuideHeading[];
  /** Where its links lead, as they are written. */
  readonly links: readonly string[];
}

/** What is needed of a node of the tree (https://github.com/syntax-tree/hast). */
interface Node {
  readonly type: string;
  readonly tagName?: string;
  readonly value?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly children?: readonly Node[];
}

function textOf(node: Node): string {
  return node.value ?? (node.children ?? []).map(textOf).join('');
}

function elementsOf(node: Node): readonly Node[] {
  return [node, ...(node.children ?? []).flatMap(elementsOf)];
}

/** Both trees are made by the same plugins as the page, so a heading's id here is its id there. */
export const REMARK_PLUGINS = [remarkGfm];
export const REHYPE_PLUGINS = [rehypeSlug];

/** Reads a guide's title, headings and links. */
export function outlineOf(text: string): GuideOutline {
  let elements: readonly Node[] = [];
  const keep = () => (tree: Node) => {
    elements = elementsOf(tree);
  };
  // A plain function of its properties: nothing of what it returns is needed.
  Markdown({ children: text, remarkPlugins: REMARK_PLUGINS, rehypePlugins: [...REHYPE_PLUGINS, keep] });
  const headings = elements.flatMap(({ tagName = '', properties, ...node }) =>
    /^h[1-3]$/.test(tagName)
      ? [{ id: String(properties?.id), text: textOf(node), depth: Number(tagName.slice(1)) }]
      : [],
  );
  return {
    title: headings.find(({ depth }) => depth === 1)?.text ?? '',
    headings: headings.filter(({ depth }) => depth > 1),
    links: elements.flatMap(({ tagName, properties }) => (tagName === 'a' ? [String(properties?.href)] : [])),
  };
}
