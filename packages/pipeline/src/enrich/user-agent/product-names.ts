// https://www.rfc-editor.org/rfc/rfc9110#name-user-agent: products, each a name and a version, the most significant first; browsers put theirs last.
import type { PatternRule } from './pattern-lists.ts';

/** A product's name and its version. */
export interface Product {
  readonly name: string;
  readonly version: string;
}

/** Browsers that only lend their engine to others: where uap-core names one of these (or nothing), another product may say more. `Phantom` is what its release 0.18 calls `android@…`. */
const ENGINES: ReadonlySet<string> = new Set([
  'Android',
  'Chrome',
  'Chrome Mobile',
  'Chrome Mobile WebView',
  'Chromium',
  'Edge',
  'Firefox',
  'Firefox Mobile',
  'Mobile Safari',
  'Mobile Safari UI/WKWebView',
  'Phantom',
  'Python Requests',
  'Safari',
]);

/** Whether a family says no more than whose engine it is. */
export function isEngine(family: string): boolean {
  return ENGINES.has(family);
}

/** What browsers and applications that are younger than uap-core's release call themselves as a product, and their family as that project names it. */
const FAMILY_OF_PRODUCT: readonly (readonly [product: string, family: string])[] = [
  ['115Browser', '115 Browser'],
  ['ABB', 'Aloha Browser'],
  ['ADG', 'AOL Desktop Gold Browser'],
  ['AOLShield', 'AOL Shield Browser'],
  ['AVG', 'AVG'],
  ['AdobeCEP', 'Adobe CEP'],
  ['AlohaBrowser', 'Aloha Browser'],
  ['Atom', 'Atom Browser'],
  ['Avast', 'Avast Secure Browser'],
  ['AvastSecureBrowser', 'Avast Secure Browser'],
  ['Brave Chrome', 'Brave'],
  ['CriOS', 'Chrome Mobile iOS'],
  ['Colt', 'NetCast Smart TV'],
  ['CravingExplorer', 'Craving Explorer Browser'],
  ['Ddg', 'DuckDuckGo'],
  ['DuckDuckGo', 'DuckDuckGo'],
  ['EdgiOS', 'Edge Mobile'],
  ['H[Ii]Browser', 'HiBrowser'],
  ['HeyTapBrowser', 'HeyTap Browser'],
  ['Hola', 'Hola Browser'],
  ['HonorBrowser', 'Honor Browser'],
  ['HuaweiBrowser', 'Huawei Browser'],
  ['Instagram', 'Instagram'],
  ['JiSu', 'JiSu Browser'],
  ['KAKAOTALK', 'KakaoTalk'],
  ['Ladybird', 'Ladybird'],
  ['Lite Browser', 'Lite Browser'],
  ['MicroMessenger', 'WeChat Browser'],
  ['Mypal', 'Mypal Browser'],
  ['OBS', 'OBS Studio'],
  ['OMI', 'Vewd Browser'],
  ['OPT', 'Opera Touch'],
  ['OPX', 'Opera GX'],
  ['OculusBrowser', 'Oculus Browser'],
  ['OpenWave', 'Open Wave'],
  ['PHX', 'Phoenix Browser'],
  ['QtWebEngine', 'Qt Web Engine'],
  ['QuarkPC', 'Quark PC'],
  ['R2Client', 'R2Client'],
  ['RecipeRadar', 'RecipeRadar'],
  ['RobloxApp', 'Roblox App'],
  ['RuxitSynthetic', 'Ruxit Synthetic'],
  ['SLBrowser', 'Smart Lenovo Browser'],
  ['SberBrowser', 'Sber Browser'],
  ['Teams', 'Microsoft Teams'],
  ['Telegram-Android', 'Telegram'],
  ['Thano', 'SmartTV WebBrowser'],
  ['UCMobile', 'UC Browser'],
  ['Wolvic', 'Wolvic Browser'],
  ['YaSearchBrowser', 'Yandex Browser'],
  ['[Bb]rave', 'Brave'],
  ['baiduboxapp', 'Baidu Explorer'],
  ['bdhonorbrowser', 'Honor Browser'],
  ['flyflow', 'Baidu Explorer'],
];

const VERSION = String.raw`(\d+)(?:\.(\d+)|)(?:\.(\d+)|)`;

/** Those that write it in another way. */
const FAMILY_OF_PATTERN: readonly (readonly [source: string, family: string])[] = [
  [`Camoufox ${VERSION}`, 'Camoufox'],
  ['Decentr(?= Safari/|$)', 'Decentr Web3 Browser'],
  [String.raw`\(Brave\)|Brave$`, 'Brave'],
  ['Chromium GOST', 'Chromium GOST Browser'],
  ['QIHU 360(?:SEi18n|ENT)', '360 Secure Browser'],
  ['Qaxbrowser', 'QAX Browser'],
  ['Sparrow$', 'Sparrow Browser'],
  ['Talon$', 'Talon Cyber Security Browser'],
  [`Ecosia ios@${VERSION}`, 'Ecosia iOS'],
  [`Ecosia android@${VERSION}`, 'Ecosia Android'],
  [String.raw`\bmusical_ly(?: app_version/|_)${VERSION}`, 'TikTok'],
  ['BytedanceWebview/', 'TikTok'],
  [`weibo__${VERSION}`, 'Weibo'],
  ['Weibo(?:lite|Intl)iOS', 'Weibo'],
  ['Valve Steam GameOverlay', 'Steam GameOverlay'],
  ['Valve Steam Gamepad/Steam Deck', 'Steam Deck'],
  ['Valve (?:Steam |)Client', 'Steam Client'],
];

/** Rules for these, to be asked where `isEngine`. */
export const PRODUCT_RULES: readonly PatternRule[] = [
  ...FAMILY_OF_PATTERN,
  ['Mobile.{0,200}(?:Ddg|DuckDuckGo)/(\\d+)', 'DuckDuckGo Mobile'] as const,
  ...FAMILY_OF_PRODUCT.map(([product, family]) => [`(?:^|[ ;(])${product}[ /]v?${VERSION}`, family] as const),
].map(([source, family]) => ({ source, ignoreCase: false, templates: [family, '$1', '$2', '$3'] }));

/** Products that name an engine, a system, a toolkit or a setting. */
const PARTS: ReadonlySet<string> = new Set(
  (
    'Mozilla AppleWebKit KHTML Gecko Chrome Chromium Safari Version Mobile Firefox Edge Edg EdgA OPR Opera Presto Trident Build Dalvik Android Linux Ubuntu Fedora Debian CFNetwork Darwin ' +
    'Language NetType Locale WebView WKWebView Release Profile Configuration Client CEF XWEB MMWEBSDK JsSdk NABar iOS iPhone iPad VR CrKey DeviceType SmartTV ManagedBrowser AppleNews Novarra'
  ).split(' '),
);

const COMMENT = /\([^()]*\)/g;
const PRODUCT = /(?:^|\s)([A-Za-z][\w.+-]{1,60})\/v?(\d[\w.]{0,40})/g;
const LEADING_PRODUCT = /^([A-Za-z][\w.+-]{1,60})\/v?(\d[\w.]{0,40}|[\w.]{0,40})/;

/** The one product in the text of a browser that is neither an engine nor a part of a system; `undefined` where there are more: nothing says which of them is the browser. */
export function loneProduct(text: string): Product | undefined {
  const products = [...text.replace(COMMENT, ' ').matchAll(PRODUCT)]
    .map(([, name = '', version = '']) => ({ name, version }))
    .filter(({ name }) => !PARTS.has(name));
  return products.length === 1 ? products[0] : undefined;
}

/** What a text begins with that is not a browser's: by RFC 9110 the product that sends the request. */
export function leadingProduct(text: string): Product | undefined {
  const [, name, version = ''] = LEADING_PRODUCT.exec(text) ?? [];
  return name === undefined || PARTS.has(name) ? undefined : { name, version: /^\d/.test(version) ? version : '' };
}
