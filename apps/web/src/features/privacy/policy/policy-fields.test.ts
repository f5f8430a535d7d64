import { CustomRule, DEFAULT_PRIVACY_POLICY, DETECTORS, PrivacyPolicy, SCRUB_STRATEGIES } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changedParts, fieldsOf, isSamePolicy, PolicyFields, policyOf, triablePolicy } from './policy-fields.ts';

const names = fc.stringMatching(/^[a-z][a-z0-9-]{0,39}$/);
const policies: fc.Arbitrary<PrivacyPolicy> = fc
  .record({
    detectors: fc.record(
      Object.fromEntries(
        DETECTORS.map((kind) => [
          kind,
          fc.constantFrom(...SCRUB_STRATEGIES, ...(kind === 'ip' ? (['truncate'] as const) : [])),
        ]),
      ),
    ),
    scrubPrivateAddresses: fc.boolean(),
    allowedFields: fc.array(
      fc.record({ field: names, detectors: fc.option(fc.subarray([...DETECTORS], { minLength: 1 })) }),
    ),
    secretFields: fc.array(fc.string({ minLength: 1, maxLength: 100 })),
    phoneRegions: fc.array(fc.stringMatching(/^[A-Z]{2}$/), { maxLength: 20 }),
    customRules: fc.uniqueArray(fc.record({ name: names, pattern: fc.string({ minLength: 1 }) }), {
      selector: ({ name }) => name,
      maxLength: 5,
    }),
  })
  .map(({ allowedFields, ...rest }) =>
    PrivacyPolicy.parse({
      ...rest,
      allowedFields: allowedFields.map(({ field, detectors }) =>
        detectors === null ? { field } : { field, detectors },
      ),
    }),
  );

describe('a policy in the form', () => {
  it('comes out as it went in, without a fault', () => {
    fc.assert(
      fc.property(policies, (policy) => {
        const checked = PolicyFields.parse(fieldsOf(policy));
        expect(policyOf(checked)).toEqual(policy);
        expect(triablePolicy(checked)).toEqual(policy);
        expect(isSamePolicy(policy, policyOf(checked))).toBe(true);
      }),
    );
  });

  it.each([
    [{ name: 'A b', pattern: 'x' }, ['customRules', 0, 'name']],
    [{ name: 'ok', pattern: '' }, ['customRules', 0, 'pattern']],
  ])('has the fault where it is: %j', (rule, path) => {
    const fields = {
      ...fieldsOf(DEFAULT_PRIVACY_POLICY),
      customRules: [{ strategy: 'redact' as const, ...rule }],
    };
    expect(PolicyFields.safeParse(fields).error?.issues.map((issue) => issue.path)).toEqual([path]);
    expect(triablePolicy(fields).customRules).toEqual([]);
  });

  it('may not have two rules of a name', () => {
    const rule = CustomRule.parse({ name: 'ticket', pattern: 'a' });
    const fields = { ...fieldsOf(DEFAULT_PRIVACY_POLICY), customRules: [rule, rule] };
    expect(PolicyFields.safeParse(fields).error?.issues).toMatchObject([{ path: ['customRules', 1, 'name'] }]);
  });
});

it('what differs between two policies is named', () => {
  const theirs = PrivacyPolicy.parse({ detectors: { email: 'hash' }, phoneRegions: ['AT'] });
  expect(changedParts(DEFAULT_PRIVACY_POLICY, theirs, (kind) => kind)).toEqual(['email: hash', 'phone regions']);
  expect(changedParts(theirs, theirs, (kind) => kind)).toEqual([]);
});
