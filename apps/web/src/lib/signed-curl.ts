/** What a signed command sends, and as whom. */
export interface SignedRequest {
  readonly origin: string;
  readonly path: string;
  /** JSON without single quotes, or a shell expression when `isExpression`. */
  readonly body: string;
  readonly isExpression?: boolean;
  readonly key: string;
  readonly secret: string;
}

/** A command that signs a body and sends it (contract §3), for a POSIX shell with curl and openssl. */
export function signedCurl({ origin, path, body, isExpression = false, key, secret }: SignedRequest): string {
  return [
    `KEY='${key}'`,
    `SECRET='${secret}'`,
    `BODY=${isExpression ? body : `'${body}'`}`,
    `SIGNATURE=$(printf '%s' "$BODY" | openssl dgst -sha256 -hmac "$SECRET" | sed 's/^.* //')`,
    `curl -sS '${origin}${path}' -H 'content-type: application/json' \\`,
    `  -H "x-org-key: $KEY" -H "x-signature: sha256=$SIGNATURE" --data "$BODY"`,
  ].join('\n');
}

/** The body of the first log that anyone sends. */
export const FIRST_LOG_BODY = '{"logs":[{"service":"hello","level":"info","message":"my first log"}]}';
