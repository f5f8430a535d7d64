/** A tree without the places at which its nodes stand, to compare what was written with what was made. */
export function withoutPlaces<T>(tree: T): T {
  if (Array.isArray(tree)) {
    return tree.map(withoutPlaces) as T;
  }
  if (typeof tree !== 'object' || tree === null) {
    return tree;
  }
  const entries = Object.entries(tree).filter(([key, value]) => key !== 'at' && value !== undefined);
  return Object.fromEntries(entries.map(([key, value]) => [key, withoutPlaces(value)])) as T;
}
