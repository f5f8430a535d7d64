import { z } from 'zod';
import { EmailInput, Instant, Name, NewPassword, PageRequest, pageOf } from './api-page.ts';
import { PERMISSIONS } from './permissions.ts';

/** A built-in role's name, or a custom role's id. */
export const RoleRef = z.string().min(1).max(64);

/** A person of the organization. */
export const MemberView = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role: z.string(),
  roleName: z.string(),
  mfaEnabled: z.boolean(),
  joinedAt: Instant,
  /** Of the latest session that is good for this organization. */
  lastActiveAt: Instant.nullable(),
  /** May not sign in anywhere. */
  disabled: z.boolean(),
});
export type MemberView = z.infer<typeof MemberView>;

/** `GET /users`; `q` is looked for in names and addresses. */
export const MemberListRequest = PageRequest.extend({ q: z.string().max(200).optional() });
export const MemberPage = pageOf(MemberView);
export type MemberPage = z.infer<typeof MemberPage>;

/**
 * `POST /users`: with a password a person who can sign in at once, without one an invitation. An address that has an account already is always invited: nobody but themselves can make a person a member, or set their
 * password.
 */
export const NewMemberRequest = z.strictObject({
  email: EmailInput,
  name: Name,
  role: RoleRef,
  password: NewPassword.optional(),
});
export type NewMemberRequest = z.infer<typeof NewMemberRequest>;

/** An invitation that waits. */
export const InvitationView = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role: z.string(),
  roleName: z.string(),
  invitedBy: z.string().nullable(),
  createdAt: Instant,
  expiresAt: Instant,
});
export type InvitationView = z.infer<typeof InvitationView>;
export const InvitationPage = pageOf(InvitationView);

/** Answer of `POST /users`: `invitationUrl` is shown this once, and only when the person was invited; `mailed` says whether it was also sent. */
export const NewMemberAnswer = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role: z.string(),
  status: z.enum(['active', 'invited']),
  invitationUrl: z.string().nullable(),
  mailed: z.boolean(),
});
export type NewMemberAnswer = z.infer<typeof NewMemberAnswer>;

/** `PATCH /users/:id/role`. */
export const ChangeRoleRequest = z.strictObject({ role: RoleRef });

/** `POST /users/:id/password-reset`: a link for a person who cannot get mail; only for people who belong to no other organization. */
export const ResetLinkAnswer = z.object({ url: z.string(), expiresAt: Instant });

/** `GET /auth/invitations/:token`: what one is invited to. */
export const InvitationPreview = z.object({
  organizationName: z.string(),
  email: z.string(),
  name: z.string(),
  roleName: z.string(),
  /** The address has an account: sign in to accept, instead of choosing a password. */
  hasAccount: z.boolean(),
  expiresAt: Instant,
});
export type InvitationPreview = z.infer<typeof InvitationPreview>;

/** `POST /auth/invitations/:token`: who has no account makes one. */
export const AcceptInvitationRequest = z.strictObject({ name: Name, password: NewPassword });

/** A role: built-in, or the organization's own. */
export const RoleView = z.object({
  /** A built-in role's name, or an id. */
  id: z.string(),
  name: z.string(),
  description: z.string(),
  builtIn: z.boolean(),
  permissions: z.array(z.enum(PERMISSIONS)),
  /** People and waiting invitations that have it. */
  memberCount: z.number(),
});
export type RoleView = z.infer<typeof RoleView>;

/** `GET /roles`: all of them. */
export const RoleList = z.object({ items: z.array(RoleView), nextCursor: z.null() });
export type RoleList = z.infer<typeof RoleList>;

/** `POST /roles` and `PUT /roles/:id`. Nobody can give what they may not do themselves. */
export const RoleRequest = z.strictObject({
  name: Name,
  description: z.string().trim().max(500).default(''),
  permissions: z.array(z.enum(PERMISSIONS)).min(1, 'Choose at least one permission.'),
});
export type RoleRequest = z.infer<typeof RoleRequest>;
