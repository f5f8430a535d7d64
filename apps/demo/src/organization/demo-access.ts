import { join } from 'node:path';
import { SHOP_ORIGIN } from '../visitors/rum-session.ts';
import { ApiClient, ApiError } from './api-client.ts';
import { demoDashboard } from './demo-dashboard.ts';
import { type KnownLogin, type Login, makeOwnLogin } from './demo-login.ts';
import { demoRules } from './demo-rules.ts';
import { readKept, writeKept } from './kept-file.ts';

/** The organization that the shop belongs to. */
const ORGANIZATION = 'Demo shop';

/** With what the shop sends. */
interface DemoKeys {
  readonly orgId: string;
  /** An ingest token. */
  readonly token: string;
  /** A browser key. */
  readonly rumKey: string;
}

/** The demo's place in the product. */
export interface DemoAccess {
  readonly keys: DemoKeys;
  /** Who owns it, when this start made up their password: to be shown, this once. */
  readonly madeUp: Login | undefined;
}

/** What `openDemoAccess` needs. */
export interface DemoAccessOptions {
  /** The server's base URL. */
  readonly url: string;
  /** Where keys are kept. */
  readonly directory: string;
  readonly login: KnownLogin;
  /** The server has just made its first organization, by `login`. */
  readonly isFirstStart: boolean;
}

/** The kept keys while they are good; otherwise signs in, makes the organization unless it is there, and keys for it. */
export async function openDemoAccess(options: DemoAccessOptions): Promise<DemoAccess> {
  const path = join(options.directory, 'keys.json');
  const api = new ApiClient(options.url);
  const kept = await readKept<DemoKeys>(path);
  if (kept !== undefined && (await areGood(api, kept))) return { keys: kept, madeUp: undefined };
  const session = await signIn(api, options);
  const own = api.with({ authorization: `Bearer ${session.accessToken}` });
  const { id: orgId } =
    session.organizations.find(({ name }) => name === ORGANIZATION) ??
    (await own.post<{ id: string }>('/organizations', { name: ORGANIZATION }));
  const organization = own.with({ 'x-org-id': orgId });
  const token = await organization.post<NewKey>('/apikeys', { name: 'Demo services', kind: 'token' });
  const browser = { name: 'Demo pages', kind: 'browser', origins: [SHOP_ORIGIN] };
  const { key: rumKey } = await organization.post<NewKey>('/apikeys', browser);
  await ensureDashboard(organization);
  await ensureRules(organization);
  const keys: DemoKeys = { orgId, token: token.secret, rumKey };
  await writeKept(path, keys);
  return { keys, madeUp: session.madeUp };
}

interface NewKey {
  readonly key: string;
  readonly secret: string;
}

interface Session {
  readonly accessToken: string;
  readonly organizations: readonly { readonly id: string; readonly name: string }[];
}

/** An empty batch is accepted from who may send, and from nobody else. */
async function areGood(api: ApiClient, { token }: DemoKeys): Promise<boolean> {
  try {
    await api.with({ authorization: `Bearer ${token}` }).post('/v1/traces', { resourceSpans: [] });
    return true;
  } catch (error) {
    if (error instanceof ApiError && [401, 403].includes(error.status)) return false;
    throw error;
  }
}

/** As the login that is known; otherwise as somebody of the demo's own, who registers with the organization. */
async function signIn(api: ApiClient, options: DemoAccessOptions): Promise<Session & Pick<DemoAccess, 'madeUp'>> {
  const { directory, login, isFirstStart } = options;
  const { email, password } = login;
  if (isFirstStart || login.origin !== 'new') {
    const session = await logIn(api, { email, password });
    if (session !== undefined) return { ...session, madeUp: login.origin === 'new' ? { email, password } : undefined };
  }
  const own = await makeOwnLogin(directory);
  const session = await api.post<Session>('/auth/register', {
    ...own,
    name: 'Demo',
    organizationName: ORGANIZATION,
  });
  return { ...session, madeUp: own };
}

/** Undefined when the password is another by now, or a second factor is needed. */
async function logIn(api: ApiClient, login: Login): Promise<Session | undefined> {
  try {
    const outcome = await api.post<Partial<Session>>('/auth/login', login);
    const { accessToken, organizations } = outcome;
    return accessToken === undefined || organizations === undefined ? undefined : { accessToken, organizations };
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return undefined;
    throw error;
  }
}

async function ensureDashboard(organization: ApiClient): Promise<void> {
  const dashboard = demoDashboard();
  const { items } = await organization.get<{ items: readonly { title: string }[] }>('/dashboards?limit=100');
  if (!items.some(({ title }) => title === dashboard.title)) await organization.post('/dashboards', dashboard);
}

async function ensureRules(organization: ApiClient): Promise<void> {
  const group = demoRules();
  const { items } = await organization.get<{ items: readonly { name: string }[] }>('/recording-rules?limit=100');
  if (!items.some(({ name }) => name === group.name)) await organization.post('/recording-rules', group);
}
