// Pages live below /o/<organization>: a link names its organization, and no page can collide with a route of the API (which owns /audit, /dashboards, /usage …).

/** The route pattern of everything inside an organization. */
export const ORGANIZATION_PATH = '/o/:orgId';

/** Where one logs in. */
export const LOGIN_PATH = '/login';

/** Where one makes an account and an organization. */
export const REGISTER_PATH = '/register';

/** Where one asks for a link to choose a new password. */
export const FORGOT_PASSWORD_PATH = '/forgot-password';

/** Where that link leads. */
export const RESET_PASSWORD_PATH = '/reset-password';

/** The route pattern of an invitation. */
export const INVITATION_PATH = '/invitation/:token';

/** Where an identity provider's login ends: the cookie is there, and its session begins. */
export const SIGNED_IN_PATH = '/signed-in';

/** The parameter of the login page that says where to go afterwards. */
export const NEXT_PARAMETER = 'next';

/** Where the person's own pages are: they belong to no organization. */
export const ACCOUNT_PATH = '/account';

function organizationPath(orgId: string, ...parts: readonly string[]): string {
  return ['/o', encodeURIComponent(orgId), ...parts].join('/');
}

/** How an organization's data is, at a glance. */
export function homePath(orgId: string): string {
  return organizationPath(orgId, 'home');
}

/** The Logs page of an organization. */
export function logsPath(orgId: string): string {
  return organizationPath(orgId, 'logs');
}

/** The traces explorer of an organization. */
export function tracesPath(orgId: string): string {
  return organizationPath(orgId, 'traces');
}

/** Traces through ordered steps. */
export function traceFunnelsPath(orgId: string): string {
  return organizationPath(orgId, 'traces', 'funnels');
}

/** One trace. */
export function tracePath(orgId: string, traceId: string): string {
  return organizationPath(orgId, 'traces', encodeURIComponent(traceId));
}

/** Two traces side by side. */
export function compareTracesPath(orgId: string, traceId: string, otherId: string): string {
  return organizationPath(orgId, 'traces', encodeURIComponent(traceId), 'compare', encodeURIComponent(otherId));
}

/** What sends spans, with its rate, errors and durations. */
export function servicesPath(orgId: string): string {
  return organizationPath(orgId, 'services');
}

/** One service. */
export function servicePath(orgId: string, service: string): string {
  // A name may be empty, or `..`.
  return organizationPath(orgId, 'services', `service?${new URLSearchParams({ service })}`);
}

/** Who calls whom. */
export function serviceMapPath(orgId: string): string {
  return organizationPath(orgId, 'services', 'map');
}

/** Queries whose results become metrics. */
export function rulesPath(orgId: string): string {
  return organizationPath(orgId, 'metrics', 'rules');
}

/** The metrics explorer of an organization. */
export function metricsPath(orgId: string): string {
  return organizationPath(orgId, 'metrics');
}

/** Where an organization's series come from. */
export function cardinalityPath(orgId: string): string {
  return organizationPath(orgId, 'metrics', 'cardinality');
}

/** The dashboards of an organization. */
export function dashboardsPath(orgId: string): string {
  return organizationPath(orgId, 'dashboards');
}

/** One dashboard. */
export function dashboardPath(orgId: string, id: string): string {
  return organizationPath(orgId, 'dashboards', encodeURIComponent(id));
}

/** How to send data to an organization. */
export function sendDataPath(orgId: string): string {
  return organizationPath(orgId, 'send-data');
}

/** What came in and what was refused. */
export function ingestionPath(orgId: string): string {
  return organizationPath(orgId, 'ingestion');
}

/** What is done with logs before they are stored. */
export function logPipelinesPath(orgId: string): string {
  return organizationPath(orgId, 'log-pipelines');
}

/** What is found in telemetry, and what becomes of it. */
export function privacyPath(orgId: string): string {
  return organizationPath(orgId, 'privacy');
}

/** What happened that matters for security, and who changed what; a section of it, or the first that one may see. */
export function securityPath(orgId: string, section = ''): string {
  return organizationPath(orgId, 'security', ...(section === '' ? [] : [section]));
}

/** The organization's settings; a section of them, or the first that one may see. */
export function settingsPath(orgId: string, section = ''): string {
  return organizationPath(orgId, 'settings', ...(section === '' ? [] : [section]));
}

/** The documentation; one guide, or the first. */
export function docsPath(orgId: string, guide = ''): string {
  return organizationPath(orgId, 'docs', ...(guide === '' ? [] : [guide]));
}

/** The person's own settings; a section of them, or the first. */
export function accountPath(section = ''): string {
  return section === '' ? ACCOUNT_PATH : `${ACCOUNT_PATH}/${section}`;
}

/** How the erasure of a deleted organization goes on, and its proof. It belongs to whoever asked for it. */
export function erasurePath(id: string): string {
  return accountPath(`erasures/${encodeURIComponent(id)}`);
}

/** The login page that leads back to `wanted` (path with search). */
export function loginPath(wanted: string): string {
  return wanted === '/' ? LOGIN_PATH : `${LOGIN_PATH}?${new URLSearchParams({ [NEXT_PARAMETER]: wanted })}`;
}

/** An invitation's page. */
export function invitationPath(token: string): string {
  return INVITATION_PATH.replace(':token', encodeURIComponent(token));
}

/** Where the server begins a login at an organization's identity provider, to end at `wanted`. */
export function ssoStartPath(slug: string, wanted: string): string {
  const end = `${SIGNED_IN_PATH}?${new URLSearchParams({ [NEXT_PARAMETER]: wanted })}`;
  return `/auth/sso/${encodeURIComponent(slug)}?${new URLSearchParams({ next: end })}`;
}

/** Where to go after a login: the wanted page if it is one of ours, else the start. A link must not be able to lead elsewhere. */
export function nextAfterLogin(wanted: string | null): string {
  if (wanted === null || !/^\/(?![/\\])/.test(wanted)) {
    return '/';
  }
  const base = 'http://here.invalid';
  const url = URL.parse(wanted, base);
  return url === null || url.origin !== base || url.pathname === LOGIN_PATH ? '/' : url.pathname + url.search;
}
