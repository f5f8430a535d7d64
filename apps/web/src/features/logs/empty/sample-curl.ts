/** A command that signs and sends one log (contract §3), for a POSIX shell with curl and openssl. */
export function sampleCurl(origin: string): string {
  return [
    "KEY='<key id>'",
    "SECRET='<secret>'",
    `BODY='{"logs":[{"service":"hello","level":"info","message":"my first log"}]}'`,
    `SIGNATURE=$(printf '%s' "$BODY" | openssl dgst -sha256 -hmac "$SECRET" | sed 's/^.* //')`,
    `curl -sS '${origin}/v1/logs' -H 'content-type: application/json' \\`,
    `  -H "x-org-key: $KEY" -H "x-signature: sha256=$SIGNATURE" --data "$BODY"`,
  ].join('\n');
}
