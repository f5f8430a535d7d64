// https://jmespath.org/specification.html
import type { JsonValue } from '@aegisguard/model';

/** The operators that compare. */
export const COMPARATORS = ['==', '!=', '<', '<=', '>', '>='] as const;
export type Comparator = (typeof COMPARATORS)[number];

/** An expression. */
export type Node =
  | { readonly kind: 'current' }
  | { readonly kind: 'literal'; readonly value: JsonValue }
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'slice'; readonly start: number | null; readonly stop: number | null; readonly step: number }
  | { readonly kind: 'then'; readonly left: Node; readonly right: Node }
  /** Each element that `left` gives, through `right`. */
  | { readonly kind: 'list-projection'; readonly left: Node; readonly right: Node }
  | { readonly kind: 'value-projection'; readonly left: Node; readonly right: Node }
  | { readonly kind: 'filter-projection'; readonly left: Node; readonly right: Node; readonly condition: Node }
  | { readonly kind: 'flatten'; readonly left: Node }
  | { readonly kind: 'or' | 'and'; readonly left: Node; readonly right: Node }
  | { readonly kind: 'not'; readonly of: Node }
  | { readonly kind: 'comparison'; readonly op: Comparator; readonly left: Node; readonly right: Node }
  | { readonly kind: 'list'; readonly items: readonly Node[] }
  | { readonly kind: 'object'; readonly members: readonly (readonly [name: string, value: Node])[] }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Node[] }
  /** `&expression`, which a function applies. */
  | { readonly kind: 'reference'; readonly of: Node };
