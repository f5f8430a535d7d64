import { z } from 'zod';
import { EmailInput, Instant, Name, NewPassword } from './api-page.ts';
import { PERMISSIONS } from './permissions.ts';

/** A person, as answers show one. */
export const UserView = z.object({ id: z.string(), email: z.string(), name: z.string() });
export type UserView = z.infer<typeof UserView>;

/** An organization that a person belongs to, with what they may do there. */
export const MembershipView = z.object({
  id: z.string(),
  name: z.string(),
  /** A built-in role's name, or a custom role's id. */
  role: z.string(),
  /** As people call it. */
  roleName: z.string(),
  permissions: z.array(z.enum(PERMISSIONS)),
  /** The organization demands a second factor that this session lacks: until it has one, nothing of the organization can be read. */
  mfaMissing: z.boolean(),
});
export type MembershipView = z.infer<typeof MembershipView>;

/** How a session was authenticated (RFC 8176 has the idea): password, one-time code, passkey, recovery code, single sign-on. */
export const AUTH_METHODS = ['password', 'totp', 'passkey', 'recovery-code', 'sso'] as const;
/** One way of authenticating. */
export type AuthMethod = (typeof AUTH_METHODS)[number];

/** `GET /auth/me`. */
export const MeAnswer = z.object({
  user: UserView,
  organizations: z.array(MembershipView),
  session: z.object({
    id: z.string(),
    methods: z.array(z.enum(AUTH_METHODS)),
    /** Set: the session came in through this organization's identity provider and is good for it alone. */
    onlyOrganization: z.string().nullable(),
  }),
  mfaEnabled: z.boolean(),
});
export type MeAnswer = z.infer<typeof MeAnswer>;

/** `POST /auth/login`. */
export const LoginRequest = z.strictObject({
  email: z.string().min(1).max(320),
  password: z.string().min(1).max(1024),
});
export type LoginRequest = z.infer<typeof LoginRequest>;

/** Answer of a finished login; `expiresIn` in seconds. The refresh token is in a cookie. */
export const LoginAnswer = MeAnswer.extend({ accessToken: z.string(), expiresIn: z.number() });
export type LoginAnswer = z.infer<typeof LoginAnswer>;

/** Ways to finish a login that needs a second factor. */
export const SECOND_FACTORS = ['totp', 'passkey', 'recovery-code'] as const;
/** One of them. */
export type SecondFactor = (typeof SECOND_FACTORS)[number];

/** Answer of a login that needs a second factor; `mfaToken` is good for five minutes. */
export const MfaRequiredAnswer = z.object({
  mfaRequired: z.literal(true),
  mfaToken: z.string(),
  methods: z.array(z.enum(SECOND_FACTORS)),
});
export type MfaRequiredAnswer = z.infer<typeof MfaRequiredAnswer>;

/** Answer of a login: done, or one more step. */
export const LoginOutcome = z.union([LoginAnswer, MfaRequiredAnswer]);
export type LoginOutcome = z.infer<typeof LoginOutcome>;

/** `POST /auth/register`. */
export const RegisterRequest = z.strictObject({
  email: EmailInput,
  password: NewPassword,
  name: Name,
  organizationName: Name,
});
export type RegisterRequest = z.infer<typeof RegisterRequest>;

/** `GET /auth/options`: what the sign-in pages offer. */
export const AuthOptionsAnswer = z.object({
  registration: z.boolean(),
  /** The server can send mail, so that a forgotten password can be reset by oneself. */
  mail: z.boolean(),
  /** Passkeys need a host name: they do not work at an IP address. */
  passkeys: z.boolean(),
});
export type AuthOptionsAnswer = z.infer<typeof AuthOptionsAnswer>;

/** A session in the list of one's own. */
export const SessionView = z.object({
  id: z.string(),
  current: z.boolean(),
  createdAt: Instant,
  lastUsedAt: Instant,
  expiresAt: Instant,
  ip: z.string().nullable(),
  /** `Firefox on Linux`. */
  device: z.string(),
  methods: z.array(z.enum(AUTH_METHODS)),
  onlyOrganization: z.string().nullable(),
});
export type SessionView = z.infer<typeof SessionView>;

/** `PATCH /auth/me`. */
export const ProfileRequest = z.strictObject({ name: Name });

/** `POST /auth/password`: with the present one. All other sessions end. */
export const ChangePasswordRequest = z.strictObject({
  currentPassword: z.string().min(1, 'Enter your present password.').max(1024),
  newPassword: NewPassword,
});

/** `POST /auth/password/forgot`: always the same answer. */
export const ForgotPasswordRequest = z.strictObject({ email: EmailInput });

/** `POST /auth/password/reset`: with the token of the link. */
export const ResetPasswordRequest = z.strictObject({ token: z.string().min(1).max(500), newPassword: NewPassword });

/** `POST /auth/mfa/setup` and `/auth/passkeys/options`: proves with the password, where the account has one, that it is the person. A set-up that is not verified changes nothing. */
export const MfaSetupRequest = z.strictObject({ password: z.string().min(1).max(1024).optional() });

/** What an authenticator application needs (https://github.com/google/google-authenticator/wiki/Key-Uri-Format). */
export const MfaSetupAnswer = z.object({
  /** Base32. */
  secret: z.string(),
  otpauthUrl: z.string(),
});
export type MfaSetupAnswer = z.infer<typeof MfaSetupAnswer>;

/** `POST /auth/mfa/verify`: with `mfaToken` it finishes a login, without it a set-up. The code may be a recovery code in a login. */
export const MfaVerifyRequest = z.strictObject({
  mfaToken: z.string().min(1).max(4096).optional(),
  code: z.string().trim().min(6, 'Enter the code.').max(64),
});
export type MfaVerifyRequest = z.infer<typeof MfaVerifyRequest>;

/** Recovery codes, shown this once. */
export const RecoveryCodesAnswer = z.object({ recoveryCodes: z.array(z.string()) });
export type RecoveryCodesAnswer = z.infer<typeof RecoveryCodesAnswer>;

/** Answer of a verified set-up. */
export const MfaEnabledAnswer = RecoveryCodesAnswer.extend({ enabled: z.literal(true) });
export type MfaEnabledAnswer = z.infer<typeof MfaEnabledAnswer>;

/** `POST /auth/mfa/disable` and `/auth/mfa/recovery-codes`: a code of the authenticator or a recovery code, so that a stolen session does not suffice. */
export const MfaProofRequest = z.strictObject({ code: z.string().trim().min(6, 'Enter the code.').max(64) });

/** `GET /auth/mfa`: the state of one's second factors. */
export const MfaStateAnswer = z.object({
  totp: z.object({ enabled: z.boolean(), enabledAt: Instant.nullable() }),
  recoveryCodesLeft: z.number(),
  passkeys: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      createdAt: Instant,
      lastUsedAt: Instant.nullable(),
      /** Kept by a provider and synchronized between devices. */
      synced: z.boolean(),
    }),
  ),
});
export type MfaStateAnswer = z.infer<typeof MfaStateAnswer>;

/** Options of a WebAuthn ceremony, as `@simplewebauthn/browser` takes them (https://www.w3.org/TR/webauthn-3/#dictionary-makecredentialoptions), and the sealed state that must be sent back. */
export const PasskeyOptionsAnswer = z.object({ options: z.record(z.string(), z.unknown()), state: z.string() });
export type PasskeyOptionsAnswer = z.infer<typeof PasskeyOptionsAnswer>;

/** The authenticator's answer (https://www.w3.org/TR/webauthn-3/#dictdef-registrationresponsejson and -authenticationresponsejson); verified by the server's library. */
export const PasskeyResponse = z.looseObject({
  id: z.string().max(2000),
  rawId: z.string().max(2000),
  type: z.literal('public-key'),
});

/** `POST /auth/passkeys`. */
export const PasskeyRegistration = z.strictObject({
  name: Name,
  state: z.string().max(4096),
  response: PasskeyResponse,
});

/** `PATCH /auth/passkeys/:id`. */
export const PasskeyRename = z.strictObject({ name: Name });

/** `POST /auth/passkeys/login/options`: with the `mfaToken` of a login that needs a second factor, or without for one without password. */
export const PasskeyLoginOptionsRequest = z.strictObject({ mfaToken: z.string().max(4096).optional() });

/** `POST /auth/passkeys/login`. */
export const PasskeyLogin = z.strictObject({
  mfaToken: z.string().max(4096).optional(),
  state: z.string().max(4096),
  response: PasskeyResponse,
});
