import { type CustomRule, regexSizeBound } from '@aegisguard/model';

/** What is wrong with a policy, as a problem's `errors` have it. */
export interface PolicyFault {
  /** JSON Pointer inside the request. */
  readonly path: string;
  readonly message: string;
}

/** Instructions of all patterns together: every thread that scrubs for the organization compiles them, in some 30 ms. */
const PROGRAM_SIZE_MAX = 20_000;

/** What is wrong with an organization's rules. `validate` says what is wrong with one by itself; it may take long, so it is asked last. */
export function checkCustomRules(
  rules: readonly CustomRule[],
  validate: (rule: CustomRule) => string | undefined,
): readonly PolicyFault[] {
  const names = rules.map(({ name }) => name);
  const twice = names.flatMap((name, at) =>
    names.indexOf(name) < at ? [{ path: `/policy/customRules/${at}/name`, message: 'another rule has this name' }] : [],
  );
  const size = rules.reduce((sum, { pattern }) => sum + regexSizeBound(pattern), 0);
  // Of a single one the validation says so itself.
  if (size > PROGRAM_SIZE_MAX && rules.length > 1) {
    return [...twice, { path: '/policy/customRules', message: 'the patterns are too large together' }];
  }
  const faulty = rules.flatMap((rule, at) => {
    const message = validate(rule);
    return message === undefined ? [] : [{ path: `/policy/customRules/${at}/pattern`, message }];
  });
  return [...twice, ...faulty];
}
