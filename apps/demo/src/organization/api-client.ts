/** An answer that was no success. */
export class ApiError extends Error {
  readonly status: number;
  /** The problem's stable name, where the answer has one. */
  readonly problem: string;

  constructor(path: string, status: number, problem: string, detail: string) {
    super(`${path} answered ${status}: ${detail}`);
    this.name = 'ApiError';
    this.status = status;
    this.problem = problem;
  }
}

/** Calls the product's API as JSON; throws an `ApiError` unless it answers with a success. */
export class ApiClient {
  readonly #url: string;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(url: string, headers: Readonly<Record<string, string>> = {}) {
    this.#url = url;
    this.#headers = headers;
  }

  /** The same, on behalf of somebody. */
  with(headers: Readonly<Record<string, string>>): ApiClient {
    return new ApiClient(this.#url, { ...this.#headers, ...headers });
  }

  get<Answer>(path: string): Promise<Answer> {
    return this.#call('GET', path);
  }

  post<Answer>(path: string, body: object): Promise<Answer> {
    return this.#call('POST', path, body);
  }

  async #call<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    const answer = await fetch(`${this.#url}${path}`, {
      method,
      headers: { ...this.#headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const said: unknown = await answer.json().catch(() => ({}));
    if (!answer.ok) {
      const { type = '', title = '', detail = '' } = said as Readonly<Record<string, string>>;
      throw new ApiError(path, answer.status, type.split('/').at(-1) ?? '', detail || title);
    }
    return said as Answer;
  }
}
