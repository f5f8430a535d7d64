import { isDigit, isEscape } from './phone-characters.ts';

/** How sure the words before a number are that it is a telephone's. */
export type PhoneContext = 'strong' | 'weak' | 'none';

/** `your WhatsApp number for contact is: ` */
const LOOK_BACK = 48;
const WORDS_MAX = 6;
const WORD_MAX = 24;
/** ` and `, ` oder `, `", "`. */
const BETWEEN_NUMBERS = 8;

/** Newline, `&`, `;`, `}`, `!` and `|`. */
const ENDS: ReadonlySet<number> = new Set([10, 38, 59, 125, 33, 124]);

/** Goes from the number towards the beginning of the text, and notes what it passes. */
interface Reader {
  at: number;
  /** A colon or an equals sign. */
  hasAssignment: boolean;
  hasPerson: boolean;
  hasNumber: boolean;
  /** `my number`, `your new number`. */
  isNumberOfPerson: boolean;
}

type WordKind = 'phone' | 'call' | 'device' | 'number' | 'person' | 'filler';

/** `phone` says so alone; `call` does with a person (`call me at`); `device` does with a person, a number or an assignment (`my cell is`, `cell no.`, `cell:`), because telemetry has other cells and portables. */
const WORDS: Readonly<Record<WordKind, string>> = {
  phone: `phone phones telephone telephones tel telephon telefon telefono telefone teléfono téléphone telefoon telefonszám telefonu telefonní
    tlf tfn tlph puhelin telefonnr mobile mobiles mobil mobiel movil móvil movel celular cellulare cellular cellphone mobilfunk rufnummer gsm msisdn fax telefax faxnummer
    whatsapp viber wa sms dial dialed dialled dialing dialling anruf anrufe hotline helpline callto landline voicemail caller callee callerid`,
  call: 'call calls called calling text texted texting ring ringing phoning reach reached anrufen erreichen appelez llame llamar chiamare chiama bellen',
  device: 'contact callback ph fon cel cell portable handy mob kontakt contact festnetz fixe fijo komórka natel',
  number: 'number numbers no num nr nbr numero número numéro nummer numer tal',
  person:
    'me us him her them my your his our their you back mir uns mich mein meine meinen deine unsere ihre mon ma notre mi su sua meu mio nosotros moi nous',
  filler: `is are was at on to the a an of for in via with from am unter unser bei ist lautet auf an est au à es al el la le il è em zu der die das new old
    raw value e e164 home work office primary secondary main personal private emergency free toll intl international national direct line support please anytime by
    file record sent delivered one american australian austrian belgian brazilian british canadian chinese danish dutch english european french german indian
    irish israeli italian japanese mexican norwegian polish russian spanish swedish swiss turkish uk usa`,
};

const KINDS: ReadonlyMap<string, readonly WordKind[]> = kindsByWord();

const PHONE: readonly WordKind[] = ['phone'];
const NO_KINDS: readonly WordKind[] = [];

/** Scripts without blanks between words: the word may end inside a run of letters. */
const UNSPACED =
  /(?:电话|电話|電話|手机|手機|携帯|전화|휴대폰|연락처|телефон|тел|моб|факс|फोन|फ़ोन|मोबाइल|नंबर|هاتف|جوال|טלפון|נייד|โทร)(?:号码|番号|號碼|번호|号|是|は|ом|а)*$/u;

/** `phoneNumber`, `mobileno`, `homephone`; not a microphone. */
const COMPOUND =
  /(?:phone|mobile|telefon|msisdn|whatsapp|fax|cell)(?:s|number|num|no|nr|nummer)?$|^(?:contact|caller|callee)(?:number|num|no)$/;
const NOT_PHONES =
  /(?:iphone|micro(?:tele)?phone|headphones?|earphones?|smartphones?|xylophone|automobile|fullcell|supercell)$/;

function kindsByWord(): ReadonlyMap<string, readonly WordKind[]> {
  const kinds = new Map<string, WordKind[]>();
  for (const [kind, words] of Object.entries(WORDS)) {
    for (const word of words.split(/\s+/)) kinds.set(word, [...(kinds.get(word) ?? []), kind as WordKind]);
  }
  return kinds;
}

/** What the words just before `at` say. `knownUntil` is where the last number of a telephone ended: `…, …` and `… or …` go on with its list. */
export function contextBefore(text: string, at: number, knownUntil: number): PhoneContext {
  if (knownUntil >= 0 && at - knownUntil <= BETWEEN_NUMBERS && isListGap(text.slice(knownUntil, at))) return 'strong';
  const limit = Math.max(0, at - LOOK_BACK);
  const reader: Reader = { at, hasAssignment: false, hasPerson: false, hasNumber: false, isNumberOfPerson: false };
  for (let words = 0; words < WORDS_MAX && skipPunctuation(text, reader, limit); words += 1) {
    const kinds = kindsOf(readWord(text, reader, limit));
    if (kinds.includes('phone')) return 'strong';
    if (kinds.includes('call')) return reader.hasPerson ? 'strong' : 'weak';
    if (kinds.includes('device')) return isOwnDevice(text, reader, limit) ? 'strong' : 'weak';
    if (!noteWord(kinds, reader)) break;
  }
  return reader.isNumberOfPerson ? 'strong' : 'none';
}

// False for a word that neither says something nor stands between one that does and the number.
function noteWord(kinds: readonly WordKind[], reader: Reader): boolean {
  if (kinds.includes('person')) {
    reader.isNumberOfPerson ||= reader.hasNumber;
    reader.hasPerson = true;
    return true;
  }
  reader.hasNumber ||= kinds.includes('number');
  return kinds.length > 0;
}

function isOwnDevice(text: string, reader: Reader, limit: number): boolean {
  if (reader.hasPerson || reader.hasNumber || reader.hasAssignment) return true;
  return skipPunctuation(text, reader, limit) && kindsOf(readWord(text, reader, limit)).includes('person');
}

/** What a field's name or path says. */
export function contextOfName(name: string): PhoneContext {
  return contextBefore(`${name}=`, name.length + 1, -1);
}

function isListGap(gap: string): boolean {
  return /^["')\]]?\s?(?:[,;/|&]|or|and|oder|und|et|ou|y|o|e)?\s?["'([]?$/.test(gap);
}

// False where the sentence, the member of an object or the parameter begins. A single digit is passed over: `phone1=`, `tel 2:`.
function skipPunctuation(text: string, reader: Reader, limit: number): boolean {
  while (reader.at > limit) {
    const code = text.charCodeAt(reader.at - 1);
    if (reader.at >= limit + 3 && isEscape(text, reader.at - 3)) {
      if (text.startsWith('26', reader.at - 2)) return false;
      reader.hasAssignment ||= /^3[ad]$/i.test(text.slice(reader.at - 2, reader.at));
      reader.at -= 3;
      continue;
    }
    if (isLetterOfAnyScript(code)) return true;
    if (isEndOfContext(text, reader.at, code)) return false;
    reader.hasAssignment ||= code === 58 || code === 61;
    reader.at -= 1;
  }
  return false;
}

// Two digits, a comma before a quote or a digit, and the characters of `ENDS`.
function isEndOfContext(text: string, at: number, code: number): boolean {
  if (isDigit(code)) return isDigit(text.charCodeAt(at - 2));
  return code === 44 ? !isBlankOrLetter(text.charCodeAt(at)) : ENDS.has(code);
}

function isBlankOrLetter(code: number): boolean {
  return code === 32 || isLetterOfAnyScript(code);
}

// Stops where `homePhone` changes from small to capital letters, but not within `WhatsApp`.
function readWord(text: string, reader: Reader, limit: number): string {
  const end = reader.at;
  let at = end;
  while (at > limit && isLetterOfAnyScript(text.charCodeAt(at - 1))) {
    at -= 1;
    if (
      isCapital(text.charCodeAt(at)) &&
      isSmall(text.charCodeAt(at - 1)) &&
      at > limit &&
      !text.startsWith('sApp', at - 1)
    )
      break;
  }
  reader.at = at;
  // Longer than any of the words.
  return end - at > WORD_MAX ? '' : text.slice(at, end).toLowerCase();
}

function kindsOf(word: string): readonly WordKind[] {
  const kinds = KINDS.get(word);
  if (kinds !== undefined) return kinds;
  const isPhone =
    word.charCodeAt(word.length - 1) > 127
      ? UNSPACED.test(word)
      : word.length > 4 && COMPOUND.test(word) && !NOT_PHONES.test(word);
  return isPhone ? PHONE : NO_KINDS;
}

function isLetterOfAnyScript(code: number): boolean {
  return (
    isSmall(code) ||
    isCapital(code) ||
    (code >= 0xaa && code !== 0xb7 && (code < 0x2000 || code > 0x206f) && code !== 0x3a && code !== 0xff1a)
  );
}

function isSmall(code: number): boolean {
  return code >= 97 && code <= 122;
}

function isCapital(code: number): boolean {
  return code >= 65 && code <= 90;
}
