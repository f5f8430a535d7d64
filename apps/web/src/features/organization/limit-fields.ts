import { z } from 'zod';

/** How a limit is set. */
export const LIMIT_MODES = ['default', 'none', 'own'] as const;
type LimitMode = (typeof LIMIT_MODES)[number];

/** A limit as a form has it. */
export interface LimitFields {
  readonly mode: LimitMode;
  /** Of one's own; whatever stands there counts only then. */
  readonly value: string;
}

/** The form's fields for what the organization has: null is the installation's default, 0 none. */
export function limitFields(limit: number | null): LimitFields {
  return limit === null
    ? { mode: 'default', value: '' }
    : limit === 0
      ? { mode: 'none', value: '' }
      : { mode: 'own', value: String(limit) };
}

/** Reads a limit of the form; `max` is the highest that there may be. */
export function limitSchema(max: number) {
  return z
    .object({ mode: z.enum(LIMIT_MODES), value: z.string() })
    .superRefine(({ mode, value }, context) => {
      const number = Number(value);
      if (mode === 'own' && (value.trim() === '' || !Number.isInteger(number) || number < 1 || number > max)) {
        const message = `Enter a whole number from 1 to ${max.toLocaleString('en-US')}.`;
        context.addIssue({ code: 'custom', path: ['value'], message });
      }
    })
    .transform(({ mode, value }) => (mode === 'default' ? null : mode === 'none' ? 0 : Number(value)));
}
