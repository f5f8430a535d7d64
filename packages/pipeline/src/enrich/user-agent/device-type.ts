/** Kinds of devices, as `LogRecord.userAgent` has them. */
export type DeviceType = 'desktop' | 'mobile' | 'tablet' | 'tv' | 'console' | 'wearable' | 'bot' | 'other';

/** What is known of a client when its kind is asked. */
export interface DeviceFacts {
  readonly text: string;
  /** Family of the operating system; `undefined` when not known. */
  readonly system: string | undefined;
  /** Family and model of the device, as uap-core names them; `''` when not known. */
  readonly device: string;
  readonly model: string;
  /** Its maker; `''` when not known. */
  readonly brand: string;
  /** A library that programs send requests with. */
  readonly isLibrary: boolean;
}

const WEARABLE =
  /Apple ?Watch|watchOS|\bWatch\d{1,2},\d|SmartWatch|Galaxy Watch|Wear ?OS|\bSM-R[789]\d\d\b|Oculus|\bQuest\b|Mobile VR\b/;
const CONSOLE = /playstation|\bPSP\b|PS Vita|xbox|nintendo|Steam Deck|Steam Gamepad|\bOUYA\b/i;
/** Sticks and boxes are televisions, too: Fire TV's models begin with AFT. */
const TV =
  /smart-?_?tv|apple ?tv|tvOS|google ?tv|android ?tv|hbbtv|nettv|inettv|\bdtv\b|\bTV\b|netcast|web0s|webos\.tv|bravia|crkey|roku|\bAFT[A-Z]{1,4}\d{0,2}\b|viera|vidaa|hisense|mitv|mi ?box|nexus player|brightsign|ce-html|opera tv|\bOMI\/|tivo|chromecast|set-?top|\bSTB\b|\bLG NetCast|large screen|Maple \d|Maple\d/i;
const SPEAKER = /DeviceType\/SmartSpeaker/;
/** `Tablet PC` is a service of Windows that desktops have, too. */
const TABLET =
  /iPad|\bTablet\b(?! PC)|PlayBook|TouchPad|Kindle|\bKF[A-Z]{2,6}\b|Xoom\b|Nexus (?:7|9|10)\b|\bSM-[TXP]\d{3}|\bGT-P\d{4}|\bGT-N(?:51|80)\d\d|MediaPad|MatePad|\bMI ?PAD\b|\bLenovo ?(?:TB|YT|Tab)|\bTB-?[\dX]|Galaxy Tab|\bTab\b|Transformer (?:TF|Prime|Pad)|Iconia|\bNook\b|\bBNTV\d|Pixel (?:C|Tablet)\b|Silk-Accelerated/i;
const PHONE =
  /iPhone|iPod|\bMobile\b|\bMobi\b|Opera Mini|\bMIDP|\bCLDC|UP\.Browser|\bWAP\b|\bPhone\b|\bSM-[SGAJNFMEC]\d{3}|\bGT-[IS]\d{4}|\bPixel \d|Nexus (?:One|S|4|5X?|6P?)\b|\bSmartphone\b|\bFeature Phone\b|\bKaiOS\b|\bSymbian|\bBlackBerry|\bBB10\b/i;
const PHONE_SYSTEMS =
  /^(?:iOS|Windows (?:Phone|Mobile|CE)|BlackBerry OS|Symbian.*|Nokia.*|Bada|KaiOS|Firefox OS|webOS|Maemo|MeeGo|Brew MP|Android|HarmonyOS)$/;
const TABLET_SYSTEMS = /^(?:BlackBerry Tablet OS|FireHbbTV)$/;
/** These run on machines with a screen only; a Linux without a browser is likely to be a server. */
const DESKTOP_SYSTEMS = /^(?:Windows.*|Mac OS.*|Chrome OS)$/;
const BROWSER = /^(?:Mozilla|Opera|Links|Lynx|ELinks|w3m|Dillo|Konqueror|NetSurf)\b/;
const ANDROID_BROWSER = /\b(?:Safari|Firefox|Opera)\//;

/** The kind of a device that is no bot's. An iPad that asks for the desktop's page (the default of iPadOS) says the same as a Mac: it counts as a desktop. */
export function deviceTypeOf(facts: DeviceFacts): DeviceType {
  const { text, system, isLibrary } = facts;
  if (isLibrary || SPEAKER.test(text)) {
    return 'other';
  }
  if (WEARABLE.test(text)) {
    return 'wearable';
  }
  if (CONSOLE.test(text)) {
    return 'console';
  }
  if (TV.test(text) || facts.device.startsWith('Inettv')) {
    return 'tv';
  }
  const type = handheldType(facts) ?? (isDesktop(text, system) ? 'desktop' : undefined);
  // Whose maker is known and that is nothing else is a phone of the time when each had a system of its own.
  return type ?? (facts.brand === '' ? 'other' : 'mobile');
}

/** Android's browsers say `Mobile` on phones only: https://android-developers.googleblog.com/2010/12/android-browser-user-agent-issues.html. Applications say it seldom. */
function handheldType({ text, system = '', device, model }: DeviceFacts): DeviceType | undefined {
  if (TABLET.test(text) || TABLET.test(model) || TABLET.test(device) || TABLET_SYSTEMS.test(system)) {
    return 'tablet';
  }
  if (PHONE.test(text) || PHONE.test(device)) {
    return 'mobile';
  }
  if (system === 'Android' && ANDROID_BROWSER.test(text)) {
    return 'tablet';
  }
  return PHONE_SYSTEMS.test(system) ? 'mobile' : undefined;
}

function isDesktop(text: string, system: string | undefined): boolean {
  return system !== undefined && (DESKTOP_SYSTEMS.test(system) || BROWSER.test(text));
}
