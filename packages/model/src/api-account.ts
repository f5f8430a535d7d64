import { z } from 'zod';
import { ROLES } from './permissions.ts';

/** `POST /auth/login`. */
export const LoginRequest = z.strictObject({
  email: z.string().min(1).max(320),
  password: z.string().min(1).max(1024),
});
export type LoginRequest = z.infer<typeof LoginRequest>;

/** A person, as answers show one. */
export const UserView = z.object({ id: z.string(), email: z.string(), name: z.string() });
export type UserView = z.infer<typeof UserView>;

/** An organization that a person belongs to, with the role there. */
export const MembershipView = z.object({ id: z.string(), name: z.string(), role: z.enum(ROLES) });
export type MembershipView = z.infer<typeof MembershipView>;

/** `GET /auth/me`. */
export const MeAnswer = z.object({ user: UserView, organizations: z.array(MembershipView) });
export type MeAnswer = z.infer<typeof MeAnswer>;

/** Answer of `POST /auth/login`; `expiresIn` in seconds. */
export const LoginAnswer = MeAnswer.extend({ accessToken: z.string(), expiresIn: z.number() });
export type LoginAnswer = z.infer<typeof LoginAnswer>;
