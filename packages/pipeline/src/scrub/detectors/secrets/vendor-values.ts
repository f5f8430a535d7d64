/** Values that only a vendor's name makes recognizable: hexadecimal digits, letters and digits, and so on, of the length that the vendor's keys have. */
const hex = (min: number, max = min): RegExp => new RegExp(`^[a-f0-9]{${min},${max}}$`, 'i');
const letters = (min: number, max = min): RegExp => new RegExp(`^[a-z0-9]{${min},${max}}$`, 'i');
const slug = (min: number, max = min): RegExp => new RegExp(`^[a-z0-9_=-]{${min},${max}}$`, 'i');
const digits = (min: number, max = min): RegExp => new RegExp(`^[0-9]{${min},${max}}$`);
const UUID = /^[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}$/i;

/** A vendor's name as names of fields have it, in lower case and without separators, and the values that are its keys. */
export const VENDOR_VALUES: readonly (readonly [vendor: string, ...values: readonly RegExp[]])[] = [
  ['adafruit', slug(32)],
  ['adobe', hex(32)],
  ['airtable', letters(17)],
  ['algolia', letters(32)],
  ['alibaba', letters(30)],
  ['aliyun', letters(30)],
  ['artifactory', letters(64), letters(73)],
  ['asana', digits(16), letters(32)],
  ['atlassian', letters(24)],
  ['beamer', /^b_[a-z0-9=_-]{44}$/i],
  ['bintray', letters(64), letters(73)],
  ['bitbucket', letters(32), slug(64)],
  ['bittrex', letters(32)],
  ['cloudflare', slug(40), hex(37)],
  ['codecov', letters(32)],
  ['coapikey', letters(40)],
  ['cohere', letters(40)],
  ['coinbase', slug(64)],
  ['confluence', letters(24)],
  ['confluent', letters(16), letters(64)],
  ['contentful', slug(43)],
  ['contribsys', /^[a-f0-9]{8}:[a-f0-9]{8}$/i],
  ['datadog', hex(32), letters(40)],
  ['discord', hex(64), digits(17, 19), slug(32)],
  ['dnkey', /^dnkey-[a-z0-9=_-]{26}-[a-z0-9=_-]{52}$/i],
  ['droneci', letters(32)],
  ['dropbox', letters(15), /^[a-z0-9]{11}AAAAAAAAAA[a-z0-9=_-]{43}$/i, /^sl\.[a-z0-9=_-]{130,140}$/i],
  ['etsy', letters(24)],
  ['facebook', hex(32)],
  ['fastly', slug(32)],
  ['finicity', hex(32), letters(20)],
  ['finnhub', letters(20)],
  ['flickr', letters(32)],
  ['freshbooks', letters(64)],
  ['gitter', slug(40)],
  ['gocardless', /^live_[a-z0-9_=-]{40}$/i],
  ['heroku', UUID],
  ['hubspot', UUID],
  ['intercom', slug(60)],
  ['jfrog', letters(64), letters(73)],
  ['jira', letters(24)],
  ['kraken', /^[a-z0-9/=_+-]{80,90}$/i],
  ['kucoin', hex(24), UUID],
  ['launchdarkly', slug(40)],
  ['linear', hex(32)],
  ['linkedin', letters(14), letters(16)],
  ['lob', /^(?:live|test)_(?:pub_[a-f0-9]{31}|[a-f0-9]{35})$/i],
  ['looker', letters(20), letters(24)],
  ['mailchimp', /^[a-f0-9]{32}-us\d\d?$/i],
  ['mailgun', /^(?:pub)?key-[a-f0-9]{32}$/i, /^[a-h0-9]{32}-[a-h0-9]{8}-[a-h0-9]{8}$/i],
  ['mapbox', /^[ps]k\.[a-z0-9]{60}\.[a-z0-9]{22}$/i],
  ['mattermost', letters(26)],
  ['meraki', hex(40)],
  ['messagebird', letters(25), UUID],
  ['netlify', slug(40, 46)],
  ['newrelic', letters(64), /^NR(?:AK|II|JS|RA)-[a-z0-9-]{19,32}$/i],
  ['newyorktimes', slug(32)],
  ['nytimes', slug(32)],
  ['okta', /^00[\w=-]{40}$/],
  ['plaid', /^access-(?:sandbox|development|production)-[a-f0-9-]{36}$/i, letters(24), letters(30)],
  ['privateai', letters(32)],
  ['rapidapi', slug(50)],
  ['sendbird', UUID, hex(40)],
  ['sentry', hex(64)],
  ['snykapi', UUID],
  ['snykkey', UUID],
  ['snykoauth', UUID],
  ['snyktoken', UUID],
  ['sonarlogin', /^(?:sq[upa]_)?[a-z0-9=_-]{40}$/i],
  ['sonartoken', /^(?:sq[upa]_)?[a-z0-9=_-]{40}$/i],
  ['sourcegraph', hex(40)],
  ['squarespace', UUID],
  ['sumo', /^su[a-z0-9]{12}$/i, letters(64)],
  ['telegr', /^[0-9]{5,16}:A[a-z0-9_-]{34}$/i],
  ['travis', letters(22)],
  ['twitch', letters(30)],
  ['twitter', letters(25), letters(45), letters(50), /^[0-9]{15,25}-[a-z0-9]{20,40}$/i, /^A{22}[a-z0-9%]{80,100}$/i],
  ['typeform', /^tfp_[a-z0-9_.=-]{59}$/i],
  ['vercel', letters(24)],
  ['xray', letters(64), letters(73)],
  ['yandex', /^t1\.[\w-]+={0,2}\.[\w-]{86}={0,2}$/, /^AQVN[\w-]{35,38}$/i, /^YC[\w-]{38}$/i],
  ['zendesk', letters(40)],
];

const ALPHABET = 26;
const INITIALS = 3;
/** Index into `VENDOR_VALUES` + 1 of the first vendor of three letters, 0 for none. */
const firstByInitials = new Uint8Array(ALPHABET ** INITIALS);
/** The same of the next vendor with the same three letters. */
const nextWithInitials = new Uint8Array(VENDOR_VALUES.length + 1);

function initialsAt(text: string, at: number): number {
  let initials = 0;
  for (let i = 0; i < INITIALS; i += 1) {
    const letter = text.charCodeAt(at + i) - 97;
    if (letter < 0 || letter >= ALPHABET) {
      return -1;
    }
    initials = initials * ALPHABET + letter;
  }
  return initials;
}

for (const [i, [vendor]] of VENDOR_VALUES.entries()) {
  const initials = initialsAt(vendor, 0);
  nextWithInitials[i + 1] = firstByInitials[initials] ?? 0;
  firstByInitials[initials] = i + 1;
}

/** Values of the vendors that a name's words, written together, name; undefined for none. */
export function vendorValuesOf(joined: string): readonly RegExp[] | undefined {
  let found: RegExp[] | undefined;
  for (let at = 0; at + INITIALS <= joined.length; at += 1) {
    const initials = initialsAt(joined, at);
    for (let i = initials < 0 ? 0 : (firstByInitials[initials] ?? 0); i !== 0; i = nextWithInitials[i] ?? 0) {
      const [vendor, ...values] = VENDOR_VALUES[i - 1] ?? [''];
      if (joined.startsWith(vendor, at)) {
        found = [...(found ?? []), ...values];
      }
    }
  }
  return found;
}
