import { createElement, Fragment, type JSX, type ReactNode } from 'react';
import type { GuideElement, GuideNode } from './guide-node.ts';

/** How an element is drawn, with its children drawn already. */
export type DrawElement = (properties: GuideElement['properties'], children: ReactNode) => ReactNode;

/** Elements that need nothing of their own. */
const PLAIN: ReadonlySet<string> = new Set(['em', 'del', 'hr', 'br', 'thead', 'tbody', 'tr']);

/** Draws a guide; an element that is not known is drawn as what it contains. */
export function drawNodes(
  nodes: readonly GuideNode[],
  elements: Readonly<Record<string, DrawElement>>,
): readonly ReactNode[] {
  return nodes.map((node, index) => {
    if (typeof node === 'string') {
      return node;
    }
    const { tag, properties } = node;
    const children = node.children.length === 0 ? undefined : drawNodes(node.children, elements);
    const drawn = PLAIN.has(tag)
      ? createElement(tag as keyof JSX.IntrinsicElements, null, ...(children ?? []))
      : (elements[tag]?.(properties, children) ?? children);
    // Nodes never move: their place is their name.
    return createElement(Fragment, { key: index }, drawn);
  });
}
