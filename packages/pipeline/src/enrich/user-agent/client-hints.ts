// https://wicg.github.io/ua-client-hints/ and, for the values, https://www.rfc-editor.org/rfc/rfc9651
import type { DeviceType } from './device-type.ts';

/** Headers by name, in lower case. */
export type ClientHints = Readonly<Record<string, string>>;

/** What hints say of a client; members that they do not say are absent. */
export interface HintedClient {
  readonly browser?: string;
  readonly browserVersion?: string;
  /** Only the engine's brand was sent: an application that shows pages is one of the text's products. */
  readonly isEngineOnly: boolean;
  readonly os?: string;
  readonly osVersion?: string;
  readonly deviceType?: DeviceType;
  readonly deviceModel?: string;
}

/** The headers that are read; others may change without changing the answer. */
export const HINT_HEADERS = [
  'sec-ch-ua',
  'sec-ch-ua-full-version-list',
  'sec-ch-ua-mobile',
  'sec-ch-ua-platform',
  'sec-ch-ua-platform-version',
  'sec-ch-ua-model',
  'sec-ch-ua-form-factors',
] as const;

type HintHeader = (typeof HINT_HEADERS)[number];

/** Real values are below 300 characters; what is longer is cut. */
const HINT_LENGTH_MAX = 1000;
const BRAND = /"((?:[^"\\]|\\["\\]){1,80})"[ \t]{0,8}(?:;[ \t]{0,8}v[ \t]{0,8}=[ \t]{0,8}"([^"\\]{0,40})")?/g;
const STRING = /^[ \t]*"((?:[^"\\]|\\["\\]){0,80})"/;

interface Brand {
  readonly name: string;
  readonly version: string;
}

/** Brands in the words of uap-core, on a computer and on a phone. */
const FAMILY_OF_BRAND: ReadonlyMap<string, readonly [desktop: string, mobile: string]> = new Map([
  ['Google Chrome', ['Chrome', 'Chrome Mobile']],
  ['Chromium', ['Chromium', 'Chrome Mobile']],
  ['Microsoft Edge', ['Edge', 'Edge Mobile']],
  ['Opera', ['Opera', 'Opera Mobile']],
  ['Android WebView', ['Chrome Mobile WebView', 'Chrome Mobile WebView']],
  ['Yandex', ['Yandex Browser', 'Yandex Browser']],
  ['YaBrowser', ['Yandex Browser', 'Yandex Browser']],
  ['Samsung Internet', ['Samsung Internet', 'Samsung Internet']],
  ['DuckDuckGo', ['DuckDuckGo', 'DuckDuckGo Mobile']],
]);
const ENGINE_BRANDS: ReadonlySet<string> = new Set(['Chromium', 'Android WebView', 'Microsoft Edge WebView2']);

/** The platforms that the specification names, in the words of uap-core; `Unknown` is one, too. */
const FAMILY_OF_PLATFORM: ReadonlyMap<string, string> = new Map([
  ['Android', 'Android'],
  ['Chrome OS', 'Chrome OS'],
  ['Chromium OS', 'Chrome OS'],
  ['Fuchsia', 'Fuchsia'],
  ['Linux', 'Linux'],
  ['Windows', 'Windows'],
  ['iOS', 'iOS'],
  ['macOS', 'Mac OS X'],
]);

/** Of several form factors the one that says most comes first. */
const TYPE_OF_FORM: readonly (readonly [form: string, type: DeviceType])[] = [
  ['Watch', 'wearable'],
  ['XR', 'wearable'],
  ['Automotive', 'other'],
  ['Tablet', 'tablet'],
  ['EInk', 'tablet'],
  ['Mobile', 'mobile'],
  ['Desktop', 'desktop'],
];
const DESKTOP_PLATFORMS: ReadonlySet<string> = new Set(['Windows', 'Mac OS X', 'Linux', 'Chrome OS']);

/** Reads what was sent; `undefined` when it says nothing. */
export function readClientHints(hints: ClientHints): HintedClient | undefined {
  const isMobile = value(hints, 'sec-ch-ua-mobile').trim() === '?1';
  const brand = brandOf(value(hints, 'sec-ch-ua-full-version-list')) ?? brandOf(value(hints, 'sec-ch-ua'));
  const platform = textOf(value(hints, 'sec-ch-ua-platform'));
  const os = FAMILY_OF_PLATFORM.get(platform) ?? '';
  const osVersion = systemVersion(os, textOf(value(hints, 'sec-ch-ua-platform-version')));
  const deviceModel = textOf(value(hints, 'sec-ch-ua-model'));
  const deviceType = typeOf(value(hints, 'sec-ch-ua-form-factors'), isMobile, os, value(hints, 'sec-ch-ua-mobile'));
  if (brand === undefined && os === '' && deviceModel === '' && deviceType === undefined) {
    return undefined;
  }
  return {
    isEngineOnly: brand === undefined || ENGINE_BRANDS.has(brand.name),
    ...(brand !== undefined && { browser: familyOf(brand.name, isMobile) }),
    ...(brand !== undefined && brand.version !== '' && { browserVersion: brand.version }),
    ...(os !== '' && { os }),
    ...(osVersion !== '' && { osVersion }),
    ...(deviceModel !== '' && { deviceModel }),
    ...(deviceType !== undefined && { deviceType }),
  };
}

function value(hints: ClientHints, header: HintHeader): string {
  const sent: unknown = Object.hasOwn(hints, header) ? hints[header] : undefined;
  return typeof sent === 'string' ? sent.slice(0, HINT_LENGTH_MAX) : '';
}

function unescaped(text: string): string {
  return text.replace(/\\(["\\])/g, '$1').trim();
}

/** A text of structured headers, without its quotes; `''` for anything else. */
function textOf(header: string): string {
  return unescaped(STRING.exec(header)?.[1] ?? '');
}

/** The brand that says most: engines' come last, and made-up ones, which are sent so that nobody relies on the list (https://wicg.github.io/ua-client-hints/#grease), do not count. */
function brandOf(header: string): Brand | undefined {
  const brands = [...header.matchAll(BRAND)]
    .map(([, name = '', version = '']) => ({ name: unescaped(name), version }))
    .filter(({ name }) => name !== '' && !isMadeUp(name));
  return brands.find(({ name }) => !ENGINE_BRANDS.has(name)) ?? brands.findLast(({ name }) => ENGINE_BRANDS.has(name));
}

/** "Not A Brand", with any punctuation between. */
function isMadeUp(brand: string): boolean {
  return brand.toLowerCase().replace(/[^a-z]/g, '') === 'notabrand';
}

function familyOf(brand: string, isMobile: boolean): string {
  const [desktop, mobile] = FAMILY_OF_BRAND.get(brand) ?? [brand, brand];
  return isMobile ? mobile : desktop;
}

/** Windows sends a version of an interface: https://learn.microsoft.com/microsoft-edge/web-platform/how-to-detect-win11. */
function systemVersion(os: string, version: string): string {
  if (os !== 'Windows' || version === '') {
    return version;
  }
  const major = Number.parseInt(version, 10);
  if (major > 0) {
    return major >= 13 ? '11' : '10';
  }
  return (
    new Map([
      ['0.1', '7'],
      ['0.2', '8'],
      ['0.3', '8.1'],
    ]).get(version.slice(0, 3)) ?? ''
  );
}

function typeOf(forms: string, isMobile: boolean, os: string, mobileHeader: string): DeviceType | undefined {
  for (const [form, type] of TYPE_OF_FORM) {
    if (forms.includes(`"${form}"`)) {
      return type;
    }
  }
  if (isMobile) {
    return 'mobile';
  }
  return mobileHeader.trim() === '?0' && DESKTOP_PLATFORMS.has(os) ? 'desktop' : undefined;
}
