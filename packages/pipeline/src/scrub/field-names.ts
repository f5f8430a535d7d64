import { nameSegments } from './name-segments.ts';

/** How much a name says of its value. The numbers order them. */
export const NameStrength = {
  /** Nothing. */
  none: 0,
  /** A word of secrets is in it (`auth`, `key`, `secret_key_base`): the value must look like a token, too. */
  weak: 1,
  /** The value is a secret that machines make: `access_token`, `api_key`. */
  token: 2,
  /** The value is a secret, whatever it looks like: `password`, and the policy's own names. */
  secret: 3,
} as const;
export type NameStrength = (typeof NameStrength)[keyof typeof NameStrength];

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(/\s+/));
}

const PASSWORDS = words(
  'password passwd passphrase passcode passwort pwd pw passwrd userpass authpass mysqlpass dbpass',
);
/** Written in one word with what is before: `dbpassword`. */
const PASSWORD_ENDING = /(?:password|passwd|passphrase|passwort)$/;
/** `pass` alone counts tests that went well. */
const BEFORE_PASS =
  words(`account admin amqp auth backup basic bind cert client database db default email ftp http imap jdbc
  keystore ldap login mail master mongo mongodb mysql new old pg postgres proxy rabbitmq redis root server sftp smtp sql ssh sudo
  truststore user vnc vpn wifi`);

const TOKENS =
  words(`secret secrets token credential credentials creds authorization cookie cookies jwt bearer otp totp cvv cvv2 cvc
  mnemonic jsessionid phpsessid sessid apikey apikeys accesskey secretkey privatekey authkey appkey masterkey encryptionkey
  signingkey sshkey licensekey sharedkey accountkey storagekey servicekey subscriptionkey sharedaccesskey sharedaccesssignature
  writekey webhooksecret csrf xsrf`);
const TOKEN_ENDING = /[a-z](?:token|secret|apikey|accesskey|secretkey|privatekey)$/;
/** Tokens that name a place in a list or a run of letters, and open nothing. */
const BEFORE_HARMLESS_TOKEN = words(`page pagination continuation continue cursor next prev previous sync resume delta
  unexpected syntax invalid pad eos bos prompt completion stop end start idempotency request dedup special mask unk public lexer parser
  cancellation cancel`);

/** What a key must be called to be a secret: most keys are those of maps, caches and tables. */
const BEFORE_KEY =
  words(`access account admin aes api app application auth authentication authorization bot cipher client consumer
  crypto decrypt decryption deploy des ecdsa ed25519 encrypt encryption gpg hmac ingest insert integration jwt license licence
  master pem pgp priv private rsa secret service sign signature signing ssh ssl storage subscription symmetric tls vapid webhook
  write session server shared`);
const BEFORE_SESSION = words('gitlab laravel rack rails ci django symfony express flask koa');
const SEED_PHRASES = words('seed recovery secret backup wallet mnemonic');
/** Of fields only: texts are full of other codes, and `LAST_WORDS` is what is looked for in them. */
const BEFORE_CODE = words('security recovery mfa otp totp 2fa verification backup');
/** Words before the last that turn a secret's name into that of something public. */
const PUBLIC = words('public pub publishable');

/** Words behind a secret's name that leave it what it is: `password_value`, `secret_b64`. */
const DECORATIONS =
  words(`value val raw plain plaintext cleartext clear text string str b64 base64 encoded encrypted enc env header hdr
  data pem bytes input param parameter material decrypted`);
/** The same behind passwords only: a hash of a password can be guessed from. */
const PASSWORD_DECORATIONS =
  words(`hash hashed digest md5 sha1 sha256 sha512 bcrypt scrypt argon2 crypt salt confirm confirmation
  confirmed again repeat repeated verify new old current previous`);

const WEAK =
  words(`access api auth authentication key keys credential credentials creds cred secret secrets token tokens apikey sig
  signature hmac license sas pass`);
/** Pairs that say "secret" wherever they stand: `secret_key_base`, `api_token_prod`. */
const WEAK_ANYWHERE = words('secret password passwd passphrase pwd token apikey credential credentials creds');
/** What is said of a secret without being one: the last word of `password_changed_at`, `secret_name`, `token_type`. */
const ABOUT =
  words(`id ids uid uuid guid name names type types kind count counts length len size method mode at ttl expiry expires
  expiration exp age path file filename dir directory url uri urls host hostname port endpoint version status state policy reset
  changed updated created enabled disabled required valid invalid ref reference index idx hint strength prefix suffix limit used usage
  time timestamp date duration ms seconds sec level log logs service provider region zone user users username group role roles scope
  scopes request response req resp error errors err message msg reason hash sha sha1 sha256 md5 checksum digest etag fingerprint
  thumbprint trace span correlation total sum avg title description desc class module function line event action operation issuer
  audience algorithm alg format source target list map set node pod container image tag commit branch revision rev build job run task
  thread process pid cluster namespace arn store storage ring vault manager exchange grant flow result failed failures success rate
  per in left remaining cost max min budget`);
const BEFORE_HARMLESS_KEY =
  words(`primary foreign partition cache idempotency sort message record routing object s3 bucket row index
  shard range hash natural candidate composite surrogate unique map dict lookup group join order redis kafka memcached registry config
  public pub host translation i18n message event item storage column field label attribute metric tag parameter context lock rate
  limit hot schema sequence`);

/** Every word that a secret's name can end with, decorations among them. */
export const LAST_WORDS: readonly string[] = [
  ...PASSWORDS,
  ...TOKENS,
  ...DECORATIONS,
  ...PASSWORD_DECORATIONS,
  ...'pass passphrase key keys token tokens session phrase words sid auth signature'.split(' '),
];

const TRAILING_DIGITS = /\d+$/;

function isPassword(last: string, before: string): boolean {
  return (
    PASSWORDS.has(last) ||
    PASSWORD_ENDING.test(last) ||
    (last === 'pass' && BEFORE_PASS.has(before)) ||
    (before === 'pass' && (last === 'word' || last === 'phrase'))
  );
}

function isToken(last: string, before: string): boolean {
  if (last === 'key') {
    return BEFORE_KEY.has(before);
  }
  if (last === 'token') {
    return !BEFORE_HARMLESS_TOKEN.has(before);
  }
  if (last === 'session') {
    return BEFORE_SESSION.has(before);
  }
  if (last === 'phrase' || last === 'words') {
    return SEED_PHRASES.has(before);
  }
  if (last === 'code') {
    return BEFORE_CODE.has(before);
  }
  if (last === 'sid') {
    return before === 'connect';
  }
  if (last === 'auth') {
    return before === 'basic' || before === 'proxy' || before === 'x';
  }
  if (last === 'tokens' || last === 'keys') {
    return before === 'api' || before === 'access' || before === 'refresh' || before === 'auth' || before === 'private';
  }
  if (last === 'signature') {
    return before === 'amz' || before === 'goog';
  }
  return TOKENS.has(last) || TOKEN_ENDING.test(last);
}

function isWeak(segments: readonly string[], last: string, before: string): boolean {
  if (last === 'key' && (BEFORE_HARMLESS_KEY.has(before) || PUBLIC.has(before))) {
    return false;
  }
  if (WEAK.has(last)) {
    return !(last.startsWith('token') && BEFORE_HARMLESS_TOKEN.has(before));
  }
  if (ABOUT.has(last)) {
    return false;
  }
  return segments.some(
    (segment, at) =>
      (WEAK_ANYWHERE.has(segment) && !BEFORE_HARMLESS_TOKEN.has(segments[at - 1] ?? '')) ||
      PASSWORD_ENDING.test(segment) ||
      (segment === 'key' && BEFORE_KEY.has(segments[at - 1] ?? '')),
  );
}

/** The last word that says what the value is: decorations are stepped over as long as a secret's name is before them. */
function strongStrength(segments: readonly string[]): NameStrength {
  let ofPassword = true;
  for (let at = segments.length - 1; at >= 0; at -= 1) {
    const whole = segments[at] ?? '';
    const last = whole.replace(TRAILING_DIGITS, '');
    const before = segments[at - 1] ?? '';
    if (isPassword(last, before)) {
      return before === 'old' && last === 'pwd' ? NameStrength.none : NameStrength.secret;
    }
    if (ofPassword && isToken(TOKENS.has(whole) ? whole : last, before) && !PUBLIC.has(before)) {
      return NameStrength.token;
    }
    // Behind a word that only passwords may have, only passwords count.
    ofPassword &&= last === '' || DECORATIONS.has(last);
    if (!(ofPassword || PASSWORD_DECORATIONS.has(whole) || DECORATIONS.has(last))) {
      return NameStrength.none;
    }
  }
  return NameStrength.none;
}

/** What a name says of its value, by the built-in words alone. */
function nameStrength(name: string): NameStrength {
  return strengthOfSegments(nameSegments(name));
}

function strengthOfSegments(segments: readonly string[]): NameStrength {
  const last = segments.at(-1);
  if (last === undefined) {
    return NameStrength.none;
  }
  const strong = strongStrength(segments);
  if (strong !== NameStrength.none) {
    return strong;
  }
  return isWeak(segments, last, segments.at(-2) ?? '') ? NameStrength.weak : NameStrength.none;
}

/** Whether a word that a name ends in says what is told of something (`id`, `hash`, `count`) and not what the value is. */
export function isAboutWord(word: string): boolean {
  return ABOUT.has(word);
}

/** Judges names by the built-in words and by those of a policy, which hold for every name that ends in them: `pin_code` for `user.pinCode`. */
export function createNameStrength(policyNames: readonly string[]): (name: string) => NameStrength {
  const own = policyNames.map((name) => `_${nameSegments(name).join('_')}`).filter((name) => name !== '_');
  if (own.length === 0) {
    return nameStrength;
  }
  return (name) => {
    const segments = nameSegments(name);
    const joined = `_${segments.join('_')}`;
    return own.some((suffix) => joined.endsWith(suffix)) ? NameStrength.secret : strengthOfSegments(segments);
  };
}

/** Whether everything below a field of this name is a secret. `policyNames` are a policy's `secretFields`. */
export function isSecretName(name: string, policyNames: readonly string[] = []): boolean {
  return createNameStrength(policyNames)(name) >= NameStrength.token;
}
