// https://www.iso.org/standard/70484.html (ISO/IEC 7812-1: numbers of cards), https://en.wikipedia.org/wiki/Payment_card_number#Issuer_identification_number_(IIN)

/** A range of first digits and how long the numbers are that begin so. `from` and `to` have as many digits as are compared. */
interface Scheme {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly lengths: readonly number[];
}

const TO_19 = [16, 17, 18, 19];
/** Longer ranges first where they lie within shorter ones of another scheme is not needed: a number is a card's when any takes it. */
const SCHEMES: readonly Scheme[] = [
  { name: 'Visa', from: 4, to: 4, lengths: [13, 16, 19] },
  { name: 'Mastercard', from: 51, to: 55, lengths: [16] },
  { name: 'Mastercard', from: 2221, to: 2720, lengths: [16] },
  { name: 'American Express', from: 34, to: 34, lengths: [15] },
  { name: 'American Express', from: 37, to: 37, lengths: [15] },
  { name: 'Diners Club', from: 300, to: 305, lengths: [14, 16] },
  { name: 'Diners Club', from: 3095, to: 3095, lengths: [14, 16] },
  { name: 'Diners Club', from: 36, to: 36, lengths: [14, 16] },
  { name: 'Diners Club', from: 38, to: 39, lengths: [14, 16] },
  { name: 'JCB, RuPay', from: 3528, to: 3589, lengths: TO_19 },
  { name: 'Discover, RuPay', from: 60, to: 60, lengths: TO_19 },
  { name: 'UnionPay', from: 62, to: 62, lengths: TO_19 },
  { name: 'Discover, Elo, RuPay, Verve', from: 644, to: 659, lengths: TO_19 },
  { name: 'UnionPay, RuPay', from: 81, to: 82, lengths: TO_19 },
  { name: 'Maestro, Elo, RuPay, Verve, Dankort', from: 50, to: 50, lengths: TO_19 },
  { name: 'Maestro', from: 56, to: 58, lengths: TO_19 },
  { name: 'Maestro, InterPayment, InstaPayment, Elo', from: 63, to: 63, lengths: TO_19 },
  { name: 'Maestro', from: 67, to: 67, lengths: TO_19 },
  { name: 'Mir', from: 2200, to: 2204, lengths: TO_19 },
  { name: 'Troy', from: 9792, to: 9792, lengths: [16] },
  { name: 'UzCard', from: 8600, to: 8600, lengths: [16] },
  { name: 'Humo', from: 9860, to: 9860, lengths: [16] },
];
/** UATP has a tenth of all numbers of its length; those of threads (`140735345678912`) are not its. */
const UATP = /^1(?:[0-25-9]\d|3[0-8])\d{12}$/;
/** Maestro also gave out 13 to 15 digits; such numbers are too many to believe without a word that says what they are. */
const SHORT_MAESTRO = /^(?:5018|5020|5038|5893|6304|6759|676[1-3])/;

/** Whether a scheme gives out numbers of this beginning and length. `isSaid`: something beside the number says that it is a card. */
export function isOfScheme(digits: string, isSaid: boolean): boolean {
  if (isSaid && ((digits.length >= 13 && SHORT_MAESTRO.test(digits)) || UATP.test(digits))) {
    return true;
  }
  return SCHEMES.some(({ from, to, lengths }) => {
    const first = Number(digits.slice(0, String(from).length));
    return first >= from && first <= to && lengths.includes(digits.length);
  });
}

/** https://www.rfc-editor.org/rfc/rfc8905 names it; ISO/IEC 7812-1, annex B: the check digit. */
export function hasLuhnDigit(digits: string): boolean {
  let sum = 0;
  for (let index = digits.length - 1, doubled = false; index >= 0; index -= 1, doubled = !doubled) {
    const digit = digits.charCodeAt(index) - 48;
    const value = doubled ? digit * 2 : digit;
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
}
