import { LoginAnswer } from '@aegisguard/model';
import type { OrganizationAccess } from '@aegisguard/testkit';
import axios from 'axios';

/** The functions by which pages ask the server, signed in as its owner, without a page: addresses are the server's. */
export async function actAsPage({ url, adminEmail, adminPassword }: OrganizationAccess) {
  // What is loaded before this knows no server.
  axios.defaults.baseURL = url;
  const [{ callRoute }, { beginSession }, { findVariables }, { askPanel }] = await Promise.all([
    import('../lib/call-route.ts'),
    import('../lib/session.ts'),
    import('../features/dashboards/variables/find-variables.ts'),
    import('../features/dashboards/panels/ask-panel.ts'),
  ]);
  const login = await fetch(`${url}/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: adminEmail, password: adminPassword }),
  });
  const answer = LoginAnswer.parse(await login.json());
  beginSession(answer, Date.now());
  return { callRoute, findVariables, askPanel, orgId: answer.organizations[0]?.id ?? '' };
}
