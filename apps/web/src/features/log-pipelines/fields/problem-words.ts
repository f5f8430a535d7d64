import type { z } from 'zod';

type Issue = Parameters<z.core.$ZodErrorMap>[0];

function boundWords(issue: Issue): string | undefined {
  if (issue.code === 'too_small') {
    const { origin, minimum, inclusive } = issue;
    return origin === 'number' || origin === 'int'
      ? `${inclusive === false ? 'More than' : 'At least'} ${minimum}.`
      : 'This is needed.';
  }
  if (issue.code === 'too_big') {
    const { origin, maximum } = issue;
    return `At most ${maximum}${origin === 'string' ? ' characters' : ''}.`;
  }
  return undefined;
}

/** What is said of a part of a document where the model has no words of its own for it. */
export function problemWords(issue: Issue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'number' || issue.expected === 'int'
        ? `Enter a${issue.expected === 'int' ? ' whole' : ''} number.`
        : issue.input === undefined
          ? 'This is needed.'
          : `Must be ${{ string: 'a text', boolean: 'true or false', array: 'a list' }[issue.expected as string] ?? 'a map'}.`;
    case 'invalid_key':
      // What is wrong with the key itself.
      return issue.issues[0]?.message;
    case 'unrecognized_keys':
      return `There is no ${issue.keys.join(', no ')} here.`;
    case 'invalid_union':
      return 'There is no such kind of step.';
    case 'invalid_value':
      return `One of ${issue.values.join(', ')}.`;
    default:
      return boundWords(issue);
  }
}
