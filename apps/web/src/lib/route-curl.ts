import { shellWord } from './shell-word.ts';

/** A command that asks the same as the page, for a person who has put an access token into `AEGIS_TOKEN`: none is written into the clipboard. */
export function routeCurl(
  origin: string,
  orgId: string,
  { method, path }: { readonly method: string; readonly path: string },
  body: object,
): string {
  return [
    `curl -sS -X ${method} ${shellWord(`${origin}${path}`)} \\`,
    `  -H "authorization: Bearer $AEGIS_TOKEN" \\`,
    `  -H ${shellWord(`x-org-id: ${orgId}`)} \\`,
    `  -H 'content-type: application/json' \\`,
    `  --data-raw ${shellWord(JSON.stringify(body))}`,
  ].join('\n');
}
