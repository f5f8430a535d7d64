import type { JsonObject } from '@aegisguard/model';
import { type ClientHints, type HintedClient, readClientHints } from './client-hints.ts';
import { botName, readCrawlerRules } from './crawler-rules.ts';
import { deviceTypeOf } from './device-type.ts';
import { createPatternLists } from './pattern-lists.ts';
import { isEngine, leadingProduct, loneProduct, PRODUCT_RULES } from './product-names.ts';
import { readUapRules } from './uap-rules.ts';
import { withYoungerRules } from './younger-rules.ts';

/** Says what a client is, each time anew. */
export interface ClientReader {
  /** Members as `LogRecord.userAgent` has them; `undefined` when nothing is known. */
  read(text: string, hints: ClientHints | undefined): JsonObject | undefined;
}

/** What a text says. */
interface DescribedClient {
  readonly browser: string | undefined;
  readonly browserVersion: string;
  readonly os: string | undefined;
  readonly osVersion: string;
  readonly device: string;
  readonly deviceBrand: string;
  readonly deviceModel: string;
  readonly isLibrary: boolean;
  readonly bot: string | undefined;
}

type Found = readonly string[] | undefined;

/** The brands and models that uap-core makes up where it knows only a kind. */
const NO_BRAND = /^(?:Generic|Spider)/;
/** `K` stands for any model since Chrome's texts were reduced: https://www.chromium.org/updates/ua-reduction. */
const NO_MODEL = /^(?:K|Smartphone|Tablet|Feature Phone|Desktop|Other|Inettv)$/;
const BOT_FAMILY = /bot$|spider|crawler/i;
const UNKNOWN = 'Other';

/** Reads the patterns: 0.4 s and 20 MB. */
export function createClientReader(): ClientReader {
  const { browsers, systems, devices } = withYoungerRules(readUapRules());
  const { bots, libraries } = readCrawlerRules();
  const lists = createPatternLists([browsers, systems, devices, PRODUCT_RULES, bots, libraries]);
  return {
    read(text, hints) {
      const [browser, system, device, product, bot, library] = lists.find(text);
      const described = describe(text, { browser, system, device, product, bot, library });
      return answerOf(text, described, hints === undefined ? undefined : readClientHints(hints));
    },
  };
}

function describe(
  text: string,
  found: Readonly<Record<'browser' | 'system' | 'device' | 'product' | 'bot' | 'library', Found>>,
): DescribedClient {
  const { browser, version } = browserOf(text, found.browser, found.product);
  const [os, ...osVersion] = found.system ?? [];
  const [device = '', deviceBrand = '', deviceModel = ''] = found.device ?? [];
  const isBot = found.bot !== undefined || device === 'Spider' || BOT_FAMILY.test(browser ?? '');
  const isNamed = browser !== undefined && !isEngine(browser);
  const bot = isBot ? (isNamed ? browser : (botName(found.bot?.[0], text) ?? browser ?? '')) : undefined;
  return {
    browser: isBot ? bot || browser : browser,
    browserVersion: version,
    os: os === UNKNOWN ? undefined : os,
    osVersion: versionOf(osVersion),
    device,
    deviceBrand,
    deviceModel,
    isLibrary: found.library !== undefined,
    bot,
  };
}

/** The family that uap-core names; where that is only an engine's, or none, the product that says more. */
function browserOf(text: string, uap: Found, younger: Found): { browser: string | undefined; version: string } {
  const [family, ...version] = uap ?? [];
  const known = { browser: family === UNKNOWN ? undefined : family, version: versionOf(version) };
  if (known.browser !== undefined && !isEngine(known.browser)) {
    return known;
  }
  if (younger !== undefined) {
    const [name, ...parts] = younger;
    return { browser: name, version: versionOf(parts) };
  }
  const product = (known.browser === undefined ? leadingProduct(text) : undefined) ?? loneProduct(text);
  return product === undefined ? known : { browser: product.name, version: product.version };
}

/** Parts up to the first that is missing. */
function versionOf(parts: readonly string[]): string {
  const end = parts.indexOf('');
  return (end === -1 ? parts : parts.slice(0, end)).join('.');
}

function answerOf(text: string, client: DescribedClient, hints: HintedClient | undefined): JsonObject | undefined {
  const { browser, browserVersion } = preferredBrowser(client, hints);
  const { os, osVersion } = preferredSystem(client, hints);
  const { device, deviceModel: model, isLibrary, bot } = client;
  const fromText = deviceTypeOf({ text, system: os, device, model, brand: client.deviceBrand, isLibrary });
  const deviceType = bot !== undefined ? 'bot' : (hints?.deviceType ?? fromText);
  if (browser === undefined && os === undefined && bot === undefined && deviceType === 'other') {
    return undefined;
  }
  const isReal = !NO_BRAND.test(client.deviceBrand);
  const deviceModel = hints?.deviceModel ?? (NO_MODEL.test(model) || device === 'Spider' ? '' : model);
  return {
    ...(browser !== undefined && { browser }),
    ...(browserVersion !== '' && { browserVersion }),
    ...(os !== undefined && { os }),
    ...(osVersion !== '' && { osVersion }),
    deviceType,
    ...(client.deviceBrand !== '' && isReal && { deviceBrand: client.deviceBrand }),
    ...(deviceModel !== '' && { deviceModel }),
    ...(bot !== undefined && bot !== '' && { bot }),
  };
}

/** Hints are more than the text, but for a bot's, which says more of itself there, and for an application's that shows pages with an engine of others. */
function preferredBrowser(client: DescribedClient, hints: HintedClient | undefined) {
  const { browser, browserVersion, bot } = client;
  const isApplication = browser !== undefined && !isEngine(browser);
  if (hints?.browser === undefined || bot !== undefined || (hints.isEngineOnly && isApplication)) {
    return { browser, browserVersion };
  }
  const hinted = hints.browserVersion ?? '';
  // The text's version may be the longer one: the short list has major versions only.
  const isLonger = browser === hints.browser && browserVersion.startsWith(`${hinted}.`);
  return { browser: hints.browser, browserVersion: isLonger ? browserVersion : hinted };
}

/** A text may name the distribution where hints say Linux. */
function preferredSystem(client: DescribedClient, hints: HintedClient | undefined) {
  const { os, osVersion } = client;
  if (hints?.os === undefined || (hints.os === 'Linux' && os !== undefined && os !== 'Android')) {
    return { os, osVersion };
  }
  return { os: hints.os, osVersion: hints.osVersion ?? (hints.os === os ? osVersion : '') };
}
