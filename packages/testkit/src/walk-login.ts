const STEPS_MAX = 10;

/**
 * What a browser does between an authorization URL and the client's callback: follows redirects with cookies, and sends `form` to the page that it comes to. The callback is the first URL of another origin.
 * Cookies are kept by name only, which is enough for one provider and one login.
 */
export async function walkLogin(start: URL, form: URLSearchParams): Promise<URL> {
  const cookies = new Map<string, string>();
  let url = start;
  let body: URLSearchParams | undefined;
  for (let step = 0; step < STEPS_MAX; step += 1) {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(body === undefined ? {} : { method: 'POST', body }),
    });
    for (const line of response.headers.getSetCookie()) keep(cookies, line);
    const location = response.headers.get('location');
    if (location !== null) {
      body = undefined;
      url = new URL(location, url);
      if (url.origin !== start.origin) return url;
    } else if (response.ok && body === undefined) {
      body = form;
    } else {
      throw new Error(`the provider answered ${response.status}: ${await response.text()}`);
    }
  }
  throw new Error('the login does not end');
}

function keep(cookies: Map<string, string>, line: string): void {
  const [name = '', value = ''] = line.split(';', 1)[0]?.split(/=(.*)/s) ?? [];
  if (value === '') cookies.delete(name);
  else cookies.set(name, value);
}
