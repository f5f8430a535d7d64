/** A piece of a guide: text, or an element as HTML names it. */
export type GuideNode = string | GuideElement;

/** An element of a guide. */
export interface GuideElement {
  readonly tag: string;
  readonly properties: { readonly id?: string; readonly href?: string; readonly start?: number };
  readonly children: readonly GuideNode[];
}

/** The text without its marks. */
export function textOf(node: GuideNode): string {
  return typeof node === 'string' ? node : node.children.map(textOf).join('');
}

/** Every element, those that contain others first. */
export function elementsOf(nodes: readonly GuideNode[]): readonly GuideElement[] {
  return nodes.flatMap((node) => (typeof node === 'string' ? [] : [node, ...elementsOf(node.children)]));
}
