/** A tree without the places of its nodes, which printing does not keep. */
export function withoutSources(node: unknown): unknown {
  if (Array.isArray(node)) {
    return node.map(withoutSources);
  }
  if (typeof node !== 'object' || node === null) {
    return node;
  }
  const entries = Object.entries(node).filter(([key]) => key !== 'source');
  return Object.fromEntries(entries.map(([key, value]) => [key, withoutSources(value)]));
}
