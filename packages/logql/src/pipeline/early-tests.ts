import type { Stage } from '../syntax/ast/stage.ts';
import { compileLabelFilter } from './label-filter/label-filter-stage.ts';
import { labelsOfFilter } from './labels-of-stage.ts';
import type { EarlyTest } from './parsed-labels.ts';

/**
 * The filters that follow a parser, by the label that each asks for. The parser tries them as soon as it has the label, as Loki's do: a line that is going to be
 * dropped is not read to its end, and an error that comes later in it is not seen.
 */
export function earlyTests(following: readonly Stage[]): ReadonlyMap<string, EarlyTest> {
  const tests = new Map<string, EarlyTest>();
  for (const stage of following) {
    if (stage.kind === 'label-filter') {
      const [label, ...others] = labelsOfFilter(stage.filter);
      const isSingle = others.length === 0 && stage.filter.kind !== 'and' && stage.filter.kind !== 'or';
      if (label !== undefined && isSingle && !tests.has(label)) {
        tests.set(label, compileLabelFilter(stage.filter));
      }
    } else if (stage.kind !== 'line-filter') {
      break;
    }
  }
  return tests;
}
