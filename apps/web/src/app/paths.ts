// Pages live below /o/<organization>: a link names its organization, and no page can collide with a route of the API (which owns /audit, /dashboards, /usage …).

/** The route pattern of everything inside an organization. */
export const ORGANIZATION_PATH = '/o/:orgId';

/** Where one logs in. */
export const LOGIN_PATH = '/login';

/** The parameter of the login page that says where to go afterwards. */
export const NEXT_PARAMETER = 'next';

/** The Logs page of an organization. */
export function logsPath(orgId: string): string {
  return `/o/${encodeURIComponent(orgId)}/logs`;
}

/** How to send data to an organization. */
export function sendDataPath(orgId: string): string {
  return `/o/${encodeURIComponent(orgId)}/send-data`;
}

/** What came in and what was refused. */
export function ingestionPath(orgId: string): string {
  return `/o/${encodeURIComponent(orgId)}/ingestion`;
}

/** What is found in telemetry, and what becomes of it. */
export function privacyPath(orgId: string): string {
  return `/o/${encodeURIComponent(orgId)}/privacy`;
}

/** The login page that leads back to `wanted` (path with search). */
export function loginPath(wanted: string): string {
  return wanted === '/' ? LOGIN_PATH : `${LOGIN_PATH}?${new URLSearchParams({ [NEXT_PARAMETER]: wanted })}`;
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
