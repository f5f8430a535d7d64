import { z } from 'zod';

/** Query parameters of a list (contract §6): `?limit=&cursor=`. */
export const PageRequest = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
});
export type PageRequest = z.infer<typeof PageRequest>;

/** A page of a list: `nextCursor` is null on the last one. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

/** The parameter of a route about one object. */
export const IdParams = z.strictObject({ id: z.string().max(200) });

/** A point in time, RFC 3339. */
export const Instant = z.string();

/** A name of a person, organization, role, key …; trimmed. */
export const Name = z
  .string()
  .trim()
  .min(1, 'Enter a name.')
  .max(200, 'At most 200 characters.')
  .regex(/^\P{Cc}*$/u, 'Without control characters.');

/** An e-mail address as people type it; how it is compared is the server's business. */
export const EmailInput = z.string().trim().min(3, 'Enter an e-mail address.').max(320).includes('@', {
  error: 'This is not an e-mail address.',
});

/** A password that is being chosen. The server refuses common ones, too. */
export const NewPassword = z.string().min(8, 'At least 8 characters.').max(1024, 'At most 1024 characters.');
