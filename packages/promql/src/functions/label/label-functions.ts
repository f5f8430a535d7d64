// https://prometheus.io/docs/prometheus/latest/querying/functions/#label_join and #label_replace
import { checkRegexSize, type Labels } from '@aegisguard/model';
import { RE2JS, RE2JSException } from 're2js';
import { labelOf } from '../../evaluate/label-order.ts';
import { argumentOf, textOf } from '../call-arguments.ts';
import { evaluationError } from '../evaluation-error.ts';
import type { CallContext, Implementations } from '../function-implementation.ts';
import { expandTemplate } from './expand-template.ts';
import { checkValueLength } from './made-label.ts';
import { checkLabelName, relabeller } from './relabel.ts';

function compileRegex(context: CallContext, argument: number): RE2JS {
  const pattern = textOf(context, argument);
  checkRegexSize(pattern, argumentOf(context, argument).source.from);
  try {
    return RE2JS.compile(pattern, RE2JS.DOTALL);
  } catch (error) {
    throw error instanceof RE2JSException
      ? evaluationError(`invalid regular expression in label_replace(): ${pattern}`)
      : error;
  }
}

/** What a value becomes, if the expression matches it as a whole; a query asks for the same values again and again. */
function replacer(regex: RE2JS, template: string): (value: string) => string | undefined {
  const known = new Map<string, string | undefined>();
  return (value) => {
    if (!known.has(value)) {
      const matcher = regex.matcher(value);
      known.set(
        value,
        matcher.matches()
          ? expandTemplate(template, {
              byNumber: Array.from({ length: matcher.groupCount() + 1 }, (_, group) => matcher.group(group)),
              byName: new Map(Object.entries(matcher.getNamedGroups())),
            })
          : undefined,
      );
    }
    return known.get(value);
  };
}

/** Values of labels one after the other. */
function joined(labels: Labels, sources: readonly string[], separator: string): string {
  let length = 0;
  const values = sources.map((source) => {
    const value = labelOf(labels, source);
    length += value.length + separator.length;
    checkValueLength(length);
    return value;
  });
  return values.join(separator);
}

/** Labels made of others. */
export const LABEL_FUNCTIONS = {
  label_replace: {
    kind: 'labels',
    prepare(context) {
      const regex = compileRegex(context, 4);
      const target = textOf(context, 1);
      checkLabelName(target, 'destination label name in label_replace()');
      const source = textOf(context, 3);
      const replace = replacer(regex, textOf(context, 2));
      return relabeller(target, (labels) => replace(labelOf(labels, source)));
    },
  },
  label_join: {
    kind: 'labels',
    prepare(context) {
      const sources = context.call.arguments.slice(3).map((_, index) => textOf(context, index + 3));
      for (const source of sources) {
        checkLabelName(source, 'source label name in label_join()');
      }
      const target = textOf(context, 1);
      checkLabelName(target, 'destination label name in label_join()');
      const separator = textOf(context, 2);
      return relabeller(target, (labels) => joined(labels, sources, separator));
    },
  },
} as const satisfies Implementations;
