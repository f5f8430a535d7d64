import { Name, SsoSettings, type SsoView } from '@aegisguard/model';
import { z } from 'zod';

function scopesOf(text: string): string[] {
  return text.split(/[\s,]+/).filter((scope) => scope !== '');
}

/** The settings as the form has them: lists as text, what is absent as empty. */
export const SsoFields = z.object({
  name: Name,
  issuer: z.url('This is not an address, such as https://login.example.com.').max(500),
  clientId: z.string().trim().min(1, 'Enter the client id.').max(500),
  clientSecret: z.string().max(2000),
  scopes: z.string().superRefine((text, context) => {
    const problem = SsoSettings.shape.scopes.safeParse(scopesOf(text)).error;
    if (problem !== undefined) {
      context.addIssue({ code: 'custom', message: 'These are not scopes, such as openid email profile.' });
    }
  }),
  groupsClaim: z.string().trim().min(1, 'Enter the name of a claim.').max(200),
  roleMapping: z.array(z.object({ group: z.string().trim().min(1, 'Enter a group.').max(300), role: z.string() })),
  /** Empty refuses them. */
  defaultRole: z.string(),
  provision: z.boolean(),
  enabled: z.boolean(),
});
export type SsoFields = z.infer<typeof SsoFields>;

const DEFAULT_SCOPES = 'openid email profile';

/** The form for what is set up, or for a new provider. */
export function ssoFields(provider: SsoView['provider']): SsoFields {
  if (provider === null) {
    return {
      name: '',
      issuer: '',
      clientId: '',
      clientSecret: '',
      scopes: DEFAULT_SCOPES,
      groupsClaim: 'groups',
      roleMapping: [],
      defaultRole: '',
      provision: true,
      enabled: true,
    };
  }
  const { name, issuer, clientId, scopes, groupsClaim, roleMapping, defaultRole, provision, enabled } = provider;
  return {
    name,
    issuer,
    clientId,
    clientSecret: '',
    scopes: scopes.join(' '),
    groupsClaim,
    roleMapping: roleMapping.map((row) => ({ ...row })),
    defaultRole: defaultRole ?? '',
    provision,
    enabled,
  };
}

/** The settings that a form means. An empty secret stays as it is. */
export function ssoSettings({ clientSecret, scopes, defaultRole, ...fields }: SsoFields): SsoSettings {
  return SsoSettings.parse({
    ...fields,
    ...(clientSecret === '' ? {} : { clientSecret }),
    scopes: scopesOf(scopes),
    defaultRole: defaultRole === '' ? null : defaultRole,
  });
}
