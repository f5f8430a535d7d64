import {
  AllowedField,
  CustomRule,
  DETECTORS,
  type DetectorName,
  PrivacyPolicy,
  SCRUB_STRATEGIES,
} from '@aegisguard/model';
import { z } from 'zod';
import { STRATEGY_CHOICE } from '../strategies.ts';

/** What can become of what a rule of one's own finds: one that keeps would be no rule. */
export const RULE_STRATEGIES = SCRUB_STRATEGIES.filter((strategy) => strategy !== 'keep');

const Kind = z.enum(DETECTORS);
const allowed = AllowedField.shape.field;
const rule = CustomRule.shape;
const fits = (schema: z.ZodType) => (value: unknown) => schema.safeParse(value).success;

/** The policy as a form holds it: nothing is optional, and the words for what is wrong are for people. What is right is the model's business. */
export const PolicyFields = z.object({
  detectors: z.record(Kind, z.enum([...SCRUB_STRATEGIES, 'truncate'])),
  scrubPrivateAddresses: z.boolean(),
  allowedFields: z.array(
    z.object({
      field: z.string().trim().refine(fits(allowed), 'Name a field, in at most 200 characters.'),
      /** Empty: all kinds. */
      kinds: z.array(Kind),
    }),
  ),
  secretFields: z.array(z.string()),
  phoneRegions: z.array(z.string()),
  customRules: z
    .array(
      z.object({
        name: z
          .string()
          .trim()
          .refine(fits(rule.name), 'Small letters, digits and dashes, beginning with a letter; at most 40.'),
        pattern: z.string().refine(fits(rule.pattern), 'A pattern of at most 1,000 characters is needed.'),
        strategy: z.enum(RULE_STRATEGIES),
      }),
    )
    .superRefine((rules, context) => {
      for (const [index, { name }] of rules.entries()) {
        if (rules.findIndex((each) => each.name === name) < index) {
          context.addIssue({ code: 'custom', path: [index, 'name'], message: 'Another rule has this name.' });
        }
      }
    }),
});
export type PolicyFields = z.infer<typeof PolicyFields>;

/** A policy in the form. */
export function fieldsOf(policy: PrivacyPolicy): PolicyFields {
  const { detectors, scrubPrivateAddresses, allowedFields, secretFields, phoneRegions, customRules } = policy;
  return {
    detectors: { ...detectors },
    scrubPrivateAddresses,
    allowedFields: allowedFields.map(({ field, detectors: kinds }) => ({ field, kinds: [...(kinds ?? [])] })),
    secretFields: [...secretFields],
    phoneRegions: [...phoneRegions],
    customRules: customRules.map((each) => ({ ...each })),
  };
}

/** What the form says, as a policy; for a form without faults it is valid. */
export function policyOf(fields: PolicyFields): PrivacyPolicy {
  return {
    detectors: Object.fromEntries(
      DETECTORS.map((kind) => [kind, fields.detectors[kind]]),
    ) as PrivacyPolicy['detectors'],
    scrubPrivateAddresses: fields.scrubPrivateAddresses,
    allowedFields: fields.allowedFields.map(({ field, kinds }) =>
      kinds.length === 0 ? { field } : { field, detectors: DETECTORS.filter((kind) => kinds.includes(kind)) },
    ),
    secretFields: fields.secretFields,
    phoneRegions: fields.phoneRegions,
    customRules: fields.customRules.map(({ name, pattern, strategy }) => ({ name, pattern, strategy })),
  };
}

/** What can be tried of a form while somebody is still writing in it: rules and fields that are not whole yet are left out. */
export function triablePolicy(fields: PolicyFields): PrivacyPolicy {
  const policy = policyOf(fields);
  return {
    ...policy,
    allowedFields: policy.allowedFields.filter((each) => AllowedField.safeParse(each).success),
    customRules: policy.customRules.filter((each) => CustomRule.safeParse(each).success),
  };
}

/** Whether two policies say the same. */
export function isSamePolicy(a: PrivacyPolicy, b: PrivacyPolicy): boolean {
  return JSON.stringify(policyOf(fieldsOf(a))) === JSON.stringify(policyOf(fieldsOf(b)));
}

/** What differs between two policies, in the words of the page. */
export function changedParts(before: PrivacyPolicy, after: PrivacyPolicy, nameOf: (kind: DetectorName) => string) {
  const kinds = DETECTORS.filter((kind) => before.detectors[kind] !== after.detectors[kind]).map(
    (kind) => `${nameOf(kind)}: ${STRATEGY_CHOICE[after.detectors[kind]].toLowerCase()}`,
  );
  const parts = [
    ['private addresses', 'scrubPrivateAddresses'],
    ['fields that are left alone', 'allowedFields'],
    ['secret fields', 'secretFields'],
    ['phone regions', 'phoneRegions'],
    ['own rules', 'customRules'],
  ] as const;
  const [a, b] = [policyOf(fieldsOf(before)), policyOf(fieldsOf(after))];
  return [
    ...kinds,
    ...parts.filter(([, name]) => JSON.stringify(a[name]) !== JSON.stringify(b[name])).map(([words]) => words),
  ];
}

/** The fields of the default policy. */
export function defaultFields(): PolicyFields {
  return fieldsOf(PrivacyPolicy.parse({}));
}
