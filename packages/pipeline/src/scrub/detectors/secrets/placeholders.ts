import { charClass } from './char-classes.ts';

/** What stands where a secret would, and is none: states, types, words of sentences. Lower case. */
const WORDS: ReadonlySet<string> = new Set(
  `null nil none undefined nan true false yes no on off required optional invalid valid missing empty expired expiring
  incorrect wrong failed failure failing success successful ok okay unset set not is was are were has have had must cannot can could should will would
  the a an for and or of to in with without from by at this that it its your my our redacted masked hidden filtered removed omitted unknown
  default string number boolean object array int integer bool any bearer basic digest jwt oauth oauth2 oidc saml ldap kerberos
  enabled disabled present absent changed updated created deleted rotated reset resetting refreshed revoked accepted rejected denied
  granted mismatch mismatched provided error unauthorized forbidden found new old too does did do if when while user n/a na
  fehlt ungültig self this.token this.password undefined, unchanged unsupported unexpected verified verification length strength policy`.split(
    /\s+/,
  ),
);
const LENGTH_MAX = 60;
/** `***`, `....`, `----`, `[REDACTED:x]`, `<token>`, `${VAR}`, `$(cat x)`, `{{ x }}`, `%s`, `%(name)s`, `$VAR`, `$1`, `{0}`. */
const SYMBOLS =
  /^(?:[*.\-_•#?]+|\[[\w: -]+\]?|<[^<>]*>?|\$\{[^}]*\}?|\$\([^)]*\)?|\{\{[^}]*\}*|%[a-z\d(].{0,40}|\$(?:[A-Za-z_]\w*|\d{1,2})|\{\w*\}?|\[|\{|\(|\\+)$/i;
/** `xxxx`, `process.env.TOKEN`, `config.get("token")`: code. */
const CODE = /^(?:x+$|process\.env\b|os\.environ|env\.|[a-z_][\w.]*\()/i;
/** An object or a class as Java and Android write them: `Token{1e45f7c9`, `android.os.Binder@9f3b2c`, `com.android.server.wm.Token`. */
const JAVA_OBJECT =
  /^(?:(?:[a-z]\w*\.)*[A-Z][A-Za-z$]*\{[\da-f]{5,8}\b|(?:[a-z]\w*\.)+[A-Z][\w$.]*@[\da-f]{4,8}\b|(?:[a-z]+\.){2,8}[A-Z][A-Za-z$]*$)/;
const isWordChar = charClass('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789');

/** Whether a value is a word about a secret, a placeholder or code instead of a secret. */
export function isPlaceholder(value: string): boolean {
  // A bound, and not only for speed: what is refused here is looked at again by what follows in the text.
  if (value.length > LENGTH_MAX) {
    return false;
  }
  return isWordChar(value.charCodeAt(0))
    ? WORDS.has(value.toLowerCase()) || CODE.test(value) || JAVA_OBJECT.test(value)
    : SYMBOLS.test(value);
}
