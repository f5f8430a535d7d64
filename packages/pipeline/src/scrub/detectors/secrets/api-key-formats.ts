/** A vendor's form of keys. */
export interface KeyFormat {
  /** What tells it apart: at the beginning of a word, in lower case. */
  readonly prefix: string;
  /** The whole key, from the prefix on; sticky. Its repetitions are bounded and next to nothing that they could be confused with. */
  readonly pattern: RegExp;
  /** How many characters of the key are before the prefix, for those that only their middle or end tells apart. */
  readonly before: number;
}

/** Nothing of the key's own alphabet behind it. */
const END = '(?![A-Za-z0-9])';

function format(prefix: string, rest: string, flags = ''): KeyFormat {
  return {
    prefix: prefix.toLowerCase(),
    pattern: new RegExp(prefix.replace(/[.$]/g, '\\$&') + rest, `y${flags}`),
    before: 0,
  };
}

function around(before: number, prefix: string, whole: string, flags = ''): KeyFormat {
  return { prefix, pattern: new RegExp(whole, `y${flags}`), before };
}

/** The same rest behind each prefix. */
function family(prefixes: string, rest: string, flags = ''): KeyFormat[] {
  return prefixes.split(' ').map((prefix) => format(prefix, rest, flags));
}

const CLOUDS: readonly KeyFormat[] = [
  // AWS: access keys, long-lived and of sessions; Bedrock.
  ...family('AKIA ASIA ABIA ACCA', `[A-Z2-7]{16}${END}`),
  format('A3T', `[A-Z0-9][A-Z2-7]{16}${END}`),
  format('ABSK', '[A-Za-z0-9+/]{100,400}={0,2}'),
  format('bedrock-api-key-', '[A-Za-z0-9+/=_-]{16,1000}'),
  // Google: API keys, OAuth clients, access and refresh tokens, FCM.
  format('AIza', '[\\w-]{35}'),
  format('GOCSPX-', '[\\w-]{28}'),
  format('ya29.', '[\\w-]{30,500}'),
  format('1//0', '[\\w-]{40,200}'),
  format('AAAA', '[\\w-]{7}:APA91b[\\w-]{100,200}'),
  // Alibaba, DigitalOcean, Heroku, Fly.io, Cloudflare, Oracle's and others' clouds.
  format('LTAI', `[A-Za-z0-9]{12,24}${END}`, 'i'),
  ...family('dop_v1_ doo_v1_ dor_v1_', '[a-f0-9]{64}', 'i'),
  format('HRKU-AA', '[\\w-]{58}'),
  format('fo1_', '[\\w-]{43}'),
  ...family('fm1a_ fm1r_ fm2_', '[A-Za-z0-9+/]{100,2000}={0,3}'),
  format('v1.0-', '[a-f0-9]{24}-[a-f0-9]{146}'),
  format('tk-us-', '[\\w-]{48}'),
  format('dnkey-', '[\\w=-]{26}-[\\w=-]{52}', 'i'),
  format('4b1d', `[A-Za-z0-9]{38}${END}`),
  ...family('pscale_tkn_ pscale_oauth_ pscale_pw_', '[\\w=.-]{32,64}', 'i'),
  ...family('sbp_ sb_secret_', '[\\w-]{30,60}'),
  format('rnd_', `[A-Za-z0-9]{28,40}${END}`),
];

const CODE: readonly KeyFormat[] = [
  ...family('ghp_ gho_ ghu_ ghs_ ghr_', '[A-Za-z0-9]{36,255}'),
  format('github_pat_', '\\w{60,120}'),
  format('glpat-', '[\\w-]{20,300}(?:\\.[0-9a-z]{2}[0-9a-z]{7})?'),
  format('glrt-', '[\\w-]{20,300}(?:\\.[0-9a-z]{2}[0-9a-z]{7})?'),
  ...family('gldt- glft- glsoat- glffct- glimt- glagent- gloas- glptt- glwt-', '[\\w-]{20,64}'),
  format('glcbt-', '[0-9a-zA-Z]{1,5}_[\\w-]{20,64}'),
  format('GR1348941', '[\\w-]{20,50}'),
  format('gitlab_session=', '[0-9a-z]{32}'),
  format('npm_', `[A-Za-z0-9]{36}${END}`, 'i'),
  format('pypi-', 'AgE[\\w-]{50,1000}'),
  format('rubygems_', '[a-f0-9]{48}'),
  format('clojars_', '[a-z0-9]{60}', 'i'),
  format('oy2', `[a-z0-9]{43}${END}`),
  format('dckr_pat_', '[\\w-]{20,40}'),
  format('AKCp', '[A-Za-z0-9]{69}'),
  format('cmVmd', `[A-Za-z0-9]{59}${END}`),
  format('sgp_', '(?:[a-f0-9]{40}|(?:[a-f0-9]{16}|local)_[a-f0-9]{40})', 'i'),
  ...family('sqp_ squ_ sqa_', `[a-f0-9]{40}${END}`),
  format('bkua_', '[a-z0-9]{40}'),
  format('CCIPAT_', '[A-Za-z0-9_]{40,80}'),
  format('nfp_', `[A-Za-z0-9]{36,40}${END}`),
  format('pul-', `[a-f0-9]{40}${END}`),
  around(15, 'atlasv1.', '[A-Za-z0-9]{14}\\.atlasv1\\.[\\w=-]{60,70}'),
  ...family('hvs. hvb. hvr.', '[\\w-]{90,300}'),
  format('s.', `(?=[A-Za-z]{0,23}\\d)[A-Za-z0-9]{24}${END}`),
  format('sha256~', '[\\w-]{43}'),
  ...family('pat. sat.', '[\\w-]{22}\\.[A-Za-z0-9]{24}\\.[A-Za-z0-9]{20}'),
  format('pnu_', `[A-Za-z0-9]{36}${END}`),
  format('PMAK-', '[a-f0-9]{24}-[a-f0-9]{34}', 'i'),
  format('rdme_', '[a-z0-9]{70}'),
  format('ico-', `(?=[A-Za-z]{0,31}\\d)[A-Za-z0-9]{32}${END}`),
  format('API-', `(?=[A-Z]{0,25}\\d)[A-Z0-9]{26}${END}`),
  format('dp.pt.', '[a-z0-9]{40,44}', 'i'),
  ...family('dp.st. dp.sa. dp.ct. dp.scim. dp.audit.', '[\\w.-]{40,80}', 'i'),
  format('AGE-SECRET-KEY-1', '[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}'),
  format('A3-', '[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})(?:-[A-Z0-9]{5}){3}'),
  format('ops_', 'eyJ[A-Za-z0-9+/_-]{100,2000}={0,3}'),
];

const MODELS: readonly KeyFormat[] = [
  ...family('sk-proj- sk-svcacct- sk-admin- sk-None-', '[\\w-]{20,200}'),
  format('sk-ant-', '[a-z0-9]{3,10}-[\\w-]{20,120}'),
  format('sk-or-v1-', '[a-f0-9]{64}'),
  format('sk-', `(?=[A-Za-z]{0,40}\\d)[A-Za-z0-9]{32,64}${END}`),
  ...family('hf_ api_org_', `[A-Za-z]{34}${END}`, 'i'),
  format('hf_', `[A-Za-z0-9]{34,40}${END}`),
  format('pplx-', '[A-Za-z0-9]{40,60}'),
  format('gsk_', `[A-Za-z0-9]{52}${END}`),
  format('r8_', `[A-Za-z0-9]{37}${END}`),
  format('xai-', `[A-Za-z0-9]{80}${END}`),
  ...family('lsv2_pt_ lsv2_sk_', '[a-f0-9]{32}_[a-f0-9]{10}'),
  format('pcsk_', '[A-Za-z0-9_]{50,80}'),
];

const MESSAGES: readonly KeyFormat[] = [
  ...family('xoxa- xoxr-', '(?:\\d-)?[0-9A-Za-z]{8,48}[0-9A-Za-z-]{0,80}'),
  ...family('xoxb- xoxo- xoxs- xoxp- xoxe- xoxd- xoxc-', '\\d[A-Za-z0-9%-]{8,400}', 'i'),
  format('xoxe.', 'xox[bp]-\\d-[A-Z0-9]{100,200}', 'i'),
  format('xapp-', '\\d-[A-Z0-9]{1,20}-\\d{1,20}-[a-z0-9]{1,100}', 'i'),
  format('hooks.slack.com/', '(?:services|workflows|triggers)/[\\w+/]{20,80}', 'i'),
  format(
    'webhook.office.com/',
    'webhookb2/[a-z0-9-]{36}@[a-z0-9-]{36}/IncomingWebhook/[a-z0-9]{32}/[a-z0-9-]{36}',
    'i',
  ),
  ...family('discord.com/api/webhooks/ discordapp.com/api/webhooks/', '\\d{17,20}/[\\w-]{60,80}'),
  ...'mt mj mz nt nd nj nz ot od oj'
    .split(' ')
    .map((prefix) => around(0, prefix, '[MNO][A-Za-z0-9]{23,26}\\.[\\w-]{6}\\.[\\w-]{27,40}')),
  format('SK', `[0-9a-fA-F]{32}${END}`),
  format('AC', `[0-9a-f]{32}${END}`),
  format('SG.', '[\\w=.-]{66}'),
  format('xkeysib-', '[a-f0-9]{64}-[a-z0-9]{16}', 'i'),
  format('key-', `[a-f0-9]{32}${END}`),
  format('pubkey-', `[a-f0-9]{32}${END}`),
  around(33, 'us', `[a-f0-9]{32}-us\\d{1,2}${END}`),
];

const MONEY: readonly KeyFormat[] = [
  ...family('sk_live_ sk_test_ sk_prod_ rk_live_ rk_test_ rk_prod_', '[A-Za-z0-9]{10,250}'),
  format('sk_', `(?=[A-Za-z]{0,28}\\d)[A-Za-z0-9~!#$%^*?]{29}${END}`),
  format('whsec_', '[A-Za-z0-9+/=]{20,80}'),
  ...family('sq0atp- sq0csp-', '[\\w-]{22,60}'),
  format('EAAA', `[\\w-]{22,60}(?![\\w+/=-])`),
  ...family('EZAK EZTK', `[A-Za-z0-9]{54}${END}`),
  ...family('FLWSECK_TEST- FLWSECK- FLWPUBK_TEST- FLWPUBK-', '[a-h0-9]{12,32}(?:-X)?', 'i'),
  ...family('shippo_live_ shippo_test_', '[a-f0-9]{40}', 'i'),
  ...family('shpat_ shpca_ shppa_ shpss_', '[a-f0-9]{32}', 'i'),
  ...family('duffel_test_ duffel_live_', '[\\w=-]{43}', 'i'),
  ...family('live_ test_', `(?:pub_[a-f0-9]{31}|[a-f0-9]{35})${END}`, 'i'),
  ...family('access-sandbox- access-development- access-production-', '[a-f0-9]{8}(?:-[a-f0-9]{4}){3}-[a-f0-9]{12}'),
];

const WATCHING: readonly KeyFormat[] = [
  ...family('NRAK- NRII- NRJS- NRRA- NRAL-', '[A-Za-z0-9-]{19,40}', 'i'),
  format('glc_', '[A-Za-z0-9+/]{32,400}={0,3}', 'i'),
  format('glsa_', '[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}', 'i'),
  format('eyJrIjoi', '[A-Za-z0-9+/]{50,400}={0,3}', 'i'),
  format('sntrys_', 'eyJ[A-Za-z0-9+/=_]{60,600}'),
  format('sntryu_', '[a-f0-9]{64}'),
  format('dt0c01.', '[A-Z0-9]{24}\\.[A-Z0-9]{64}', 'i'),
  ...family('phc_ phx_', `[A-Za-z0-9]{40,50}${END}`),
  format('dapi', `[a-f0-9]{32}(?:-\\d)?${END}`),
  around(37, 'mmk', `[A-Za-z0-9]{6}_[A-Za-z0-9]{29}_mmk${END}`),
];

const WORK: readonly KeyFormat[] = [
  ...family('lin_api_ lin_oauth_', '[A-Za-z0-9]{40,64}', 'i'),
  format('ntn_', `[A-Za-z0-9]{40,50}${END}`),
  format('secret_', `(?=[A-Za-z]{0,42}\\d)[A-Za-z0-9]{43}${END}`),
  ...family('figd_ figo_ figu_', '[\\w-]{36,50}'),
  ...family('ATATT3 ATCTT3', '[\\w=-]{60,250}'),
  format('ATBB', `[A-Za-z0-9]{24,40}[A-F0-9]{8}${END}`),
  format('pat', '[A-Za-z0-9]{14}\\.[a-f0-9]{64}'),
  format('p8e-', '[a-z0-9]{32}', 'i'),
  format('fio-u-', '[\\w=-]{64}', 'i'),
  format('tfp_', '[\\w.=-]{40,60}', 'i'),
  ...family('s-s4t2ud- s-s4t2af-', '[a-f0-9]{64}', 'i'),
  ...family('sm_aat_ sm_pat_ sm_sat_', `[A-Za-z0-9]{16}${END}`),
  ...family(
    'sc_ ext_ scauth_ authress_',
    '[a-z0-9]{5,30}\\.[a-z0-9]{4,6}\\.acc[_-][a-z0-9-]{10,32}\\.[a-z0-9+/_=-]{30,120}',
    'i',
  ),
  format('sl.', '[\\w=-]{130,300}', 'i'),
  format('EAAM', '[A-Za-z0-9]{100,400}'),
  format('EAAC', '[A-Za-z0-9]{100,400}'),
  ...family('pk. sk.', '(?:eyJ[\\w-]{40,200}|[a-z0-9]{60})\\.[\\w-]{22}', 'i'),
  format('t1.', '[\\w-]{20,400}={0,2}\\.[\\w-]{86}={0,2}'),
  format('AQVN', `[\\w-]{35,38}${END}`),
  // A JWT that is encoded in base64 once more.
  format('ZXlK', '[A-Za-z0-9+/_-]{40,4000}={0,2}'),
];

/** Forms of keys that are told apart by themselves, from vendors' documentation; those that only a vendor's name makes recognizable are in `vendor-values.ts`. */
export const KEY_FORMATS: readonly KeyFormat[] = [
  ...CLOUDS,
  ...CODE,
  ...MODELS,
  ...MESSAGES,
  ...MONEY,
  ...WATCHING,
  ...WORK,
];
