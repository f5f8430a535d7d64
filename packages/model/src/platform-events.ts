import type { EventSeverity } from './security-event.ts';

interface PlatformEvent {
  readonly severity: EventSeverity;
  readonly title: string;
}

/** Every type of security event that the platform raises by itself: how bad it is unless whoever raises it knows better, and what to call it. */
export const PLATFORM_EVENTS = {
  'auth.login_failed': { severity: 'low', title: 'Failed login' },
  'auth.login_locked': { severity: 'medium', title: 'Logins locked after too many failures' },
  'auth.login_succeeded_new_device': { severity: 'info', title: 'Login from a new device' },
  'auth.refresh_reused': { severity: 'critical', title: 'Refresh token used twice; its sessions were revoked' },
  'auth.token_rejected': { severity: 'high', title: 'Forged access token' },
  'auth.mfa_failed': { severity: 'medium', title: 'Wrong second factor' },
  'auth.mfa_enabled': { severity: 'info', title: 'Second factor set up' },
  'auth.mfa_disabled': { severity: 'medium', title: 'Second factor removed' },
  'auth.passkey_added': { severity: 'info', title: 'Passkey added' },
  'auth.passkey_removed': { severity: 'low', title: 'Passkey removed' },
  'auth.recovery_code_used': { severity: 'medium', title: 'Recovery code used' },
  'auth.password_changed': { severity: 'info', title: 'Password changed' },
  'auth.password_reset': { severity: 'medium', title: 'Password reset' },
  'auth.session_revoked': { severity: 'info', title: 'Session revoked' },
  'auth.sso_failed': { severity: 'low', title: 'Failed single sign-on' },
  'access.denied': { severity: 'low', title: 'Permission denied' },
  'keys.revoked_used': { severity: 'high', title: 'Revoked key used' },
  'keys.expired_used': { severity: 'low', title: 'Expired key used' },
  'keys.signature_invalid': { severity: 'medium', title: 'Wrong signature or token of a key' },
  'keys.origin_refused': { severity: 'low', title: 'Browser key used from a foreign origin' },
  'keys.scope_refused': { severity: 'low', title: 'Key used for what it may not do' },
  'audit.verification_failed': { severity: 'critical', title: 'The audit log was tampered with' },
  'organization.deletion_requested': { severity: 'high', title: 'Deletion of the organization requested' },
} as const satisfies Readonly<Record<string, PlatformEvent>>;

/** One of its types. */
export type PlatformEventType = keyof typeof PLATFORM_EVENTS;
