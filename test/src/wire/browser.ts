const USER_AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0';

/** What a request of a test may say beside its path. */
export interface Sent {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Without the access token of the browser. */
  readonly anonymous?: boolean;
}

/** A browser as far as signing in goes: it keeps the refresh cookie and the access token. */
export class Browser {
  accessToken = '';
  cookie = '';
  /** The whole header that set the cookie last. */
  setCookie = '';

  readonly #url: string;
  readonly #address: string;
  readonly #userAgent: string;

  /** At an address as a trusted proxy would forward it. */
  constructor(url: string, address: string, userAgent = USER_AGENT) {
    this.#url = url;
    this.#address = address;
    this.#userAgent = userAgent;
  }

  async send(method: string, path: string, { body, headers, anonymous = false }: Sent = {}): Promise<Response> {
    const response = await fetch(`${this.#url}${path}`, {
      method,
      headers: {
        'user-agent': this.#userAgent,
        'x-forwarded-for': this.#address,
        ...(this.cookie !== '' && { cookie: this.cookie }),
        ...(this.accessToken !== '' && !anonymous && { authorization: `Bearer ${this.accessToken}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const [setCookie] = response.headers.getSetCookie();
    if (setCookie !== undefined) {
      this.setCookie = setCookie;
      const [pair = ''] = setCookie.split(';');
      this.cookie = pair.endsWith('=') ? '' : pair;
    }
    return response;
  }

  /** Sends what answers with an access token, and keeps that. */
  async enter(path: string, body?: unknown): Promise<{ status: number; answer: Record<string, unknown> }> {
    const response = await this.send('POST', path, { body, anonymous: true });
    const answer = (await response.json()) as Record<string, unknown>;
    if (typeof answer.accessToken === 'string') {
      this.accessToken = answer.accessToken;
    }
    return { status: response.status, answer };
  }

  /** The status of `GET /auth/me`. */
  async meStatus(url = this.#url): Promise<number> {
    return (await fetch(`${url}/auth/me`, { headers: { authorization: `Bearer ${this.accessToken}` } })).status;
  }
}
