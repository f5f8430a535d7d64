import { type JsonObject, type JsonValue, setMember } from '@aegisguard/model';
import { looksLikeJson, parseTellingJson } from './json-text.ts';
import { strategyBehind, strategyBeside } from './name-value-pairs.ts';
import { PLACES_MAX, type Place, type PlaceTree, placesOf } from './place.ts';
import type { ScrubTally } from './scrub-tally.ts';
import type { OnScrubbed, Scrubber } from './scrubber.ts';
import type { SentNumbers } from './sent-numbers.ts';
import { UniqueNames } from './unique-names.ts';

/** A longer text is not remembered as clean. UTF-16 units. */
const REMEMBERED_LENGTH_MAX = 256;
/** JSON in a text in JSON in a text: further in nobody writes it. */
const JSON_TEXT_DEPTH_MAX = 3;
/** A card's number has 13 to 19 digits (ISO/IEC 7812). */
const LONG_NUMBER_LEAST = 1e12;
const LONG_NUMBER_END = 1e19;
/** What was replaced before must not be replaced, and counted, again. */
const REPLACED = /^\[REDACTED(?::[a-z0-9-]+)?\]$/;

function isUnchanged({ name, sentName }: Place): boolean {
  return name === sentName;
}

const ignore: OnScrubbed = () => undefined;

/** Where a walk looks and counts. */
export interface WalkOptions {
  readonly scrubber: Scrubber;
  readonly tally: ScrubTally;
  /** Digits of the numbers of the body, where decoding rounds. */
  readonly sentNumbers?: SentNumbers | undefined;
}

/**
 * Brings the texts of one batch's records to the scrubber. Nothing is changed in place: what has a finding is copied, what has none is given back as it is, without anything being made for it. Every place
 * remembers its last clean text, because the texts of a batch's resources are the same in record after record.
 */
export class ScrubWalk {
  readonly places: PlaceTree;
  readonly #scrubber: Scrubber;
  readonly #tally: ScrubTally;
  readonly #sentNumbers: SentNumbers | undefined;
  /** By a place's id: a text that has nothing in it there. */
  readonly #clean: (string | undefined)[] = [];
  /** Of the record at hand, side by side. */
  readonly #detectors: string[] = [];
  readonly #counts: number[] = [];
  #place: Place;
  #jsonTextDepth = 0;

  constructor({ scrubber, tally, sentNumbers }: WalkOptions) {
    this.#scrubber = scrubber;
    this.#tally = tally;
    this.#sentNumbers = sentNumbers;
    this.places = placesOf(scrubber);
    this.#place = this.places.tops.none;
  }

  /** Before a record. */
  begin(): void {
    if (this.#detectors.length > 0) {
      this.#detectors.length = 0;
      this.#counts.length = 0;
    }
    this.#jsonTextDepth = 0;
  }

  /** What was replaced since the record began, by detector; undefined when nothing was. */
  marks(): JsonObject | undefined {
    if (this.#detectors.length === 0) {
      return undefined;
    }
    const marks: JsonObject = {};
    for (let at = 0; at < this.#detectors.length; at += 1) {
      marks[this.#detectors[at] ?? ''] = this.#counts[at] ?? 0;
    }
    return marks;
  }

  /** A text as it may be stored. */
  text(place: Place, text: string): string {
    if (text === '' || this.#clean[place.id] === text) {
      return text;
    }
    if (place.secret !== undefined) {
      return this.#replaceSecret(place, text, place.secret);
    }
    this.#place = place;
    let result = this.#scrubber.scrubText(text, place.field, this.#onScrubbed);
    if (looksLikeJson(result)) {
      result = this.#jsonText(place, result);
    }
    if (result === text && text.length <= REMEMBERED_LENGTH_MAX && place.id < PLACES_MAX) {
      this.#clean[place.id] = text;
    }
    return result;
  }

  /** An id that records are joined by: one with a finding is replaced by its hash, whatever the policy's strategy, so that what it joins stays together and apart from others. */
  id(place: Place, id: string): string {
    if (id === '' || this.#clean[place.id] === id) {
      return id;
    }
    let found: string | undefined;
    const result = this.#scrubber.scrubText(id, place.field, (detector) => {
      found ??= detector;
    });
    if (result === id || found === undefined) {
      this.#clean[place.id] = id;
      return id;
    }
    this.#count(found, 'hash', place);
    return this.#scrubber.replace(found, 'hash', id);
  }

  /** Counts what was replaced in a place's name, each time that the name comes. */
  countName(place: Place): void {
    for (const { detector, strategy } of place.nameFindings) {
      this.#count(detector, strategy, place);
    }
  }

  /** Any JSON value. */
  value(place: Place, value: JsonValue): JsonValue {
    if (typeof value === 'string') {
      return this.text(place, value);
    }
    if (typeof value === 'number') {
      return this.number(place, value);
    }
    if (typeof value !== 'object' || value === null) {
      return value;
    }
    return Array.isArray(value) ? this.#array(place, value) : this.object(place, value);
  }

  /** An object, names and all. */
  object(place: Place, object: JsonObject): JsonObject {
    let copy: JsonObject | undefined;
    let isRenamed = false;
    for (const key in object) {
      const child = this.places.child(place, key);
      const value = object[key] ?? null;
      const strategy = child.isPairValue ? strategyBeside(object, this.places) : undefined;
      const scrubbed = this.value(strategy === undefined ? child : this.places.secretTwin(child, strategy), value);
      if (scrubbed !== value) {
        copy ??= { ...object };
        setMember(copy, key, scrubbed);
      }
      isRenamed ||= child.name !== key;
    }
    return isRenamed ? this.#renamed(place, copy ?? object) : (copy ?? object);
  }

  /** A number whose digits may be a person's; as text when they are. */
  number(place: Place, value: number): JsonValue {
    if (place.secret !== undefined) {
      return this.#replaceSecret(place, String(value), place.secret);
    }
    const size = Math.abs(value);
    const isAsked = size >= LONG_NUMBER_LEAST ? size < LONG_NUMBER_END : place.isPersonalNumber;
    if (!isAsked || !Number.isInteger(value)) {
      return value;
    }
    const digits = this.#digitsOf(value);
    this.#place = place;
    const scrubbed = this.#scrubber.scrubText(digits, place.field, this.#onScrubbed);
    return scrubbed === digits ? value : scrubbed;
  }

  readonly #onScrubbed: OnScrubbed = (detector, strategy) => this.#count(detector, strategy, this.#place);

  readonly #isTelling = (name: string): boolean => this.places.isTelling(name);

  readonly #isSought = (digits: string): boolean =>
    this.#scrubber.scrubText(digits, this.places.tops.none.field, ignore) !== digits;

  #array(place: Place, array: JsonValue[]): JsonValue[] {
    const element = this.places.element(place);
    let copy: JsonValue[] | undefined;
    for (let at = 0; at < array.length; at += 1) {
      const value = array[at] ?? null;
      const strategy = at === 0 ? undefined : strategyBehind(array, at, place, this.places);
      const scrubbed = this.value(strategy === undefined ? element : this.places.secretTwin(element, strategy), value);
      if (scrubbed !== value) {
        copy ??= [...array];
        copy[at] = scrubbed;
      }
    }
    return copy ?? array;
  }

  /** The object with its names scrubbed. Names that become the same are told apart, so that no value is lost. */
  #renamed(place: Place, object: JsonObject): JsonObject {
    const places = Object.keys(object).map((key) => this.places.child(place, key));
    const names = new UniqueNames(places.filter(isUnchanged).map(({ name }) => name));
    const result: JsonObject = {};
    for (const child of places) {
      this.countName(child);
      setMember(result, isUnchanged(child) ? child.name : names.take(child.name), object[child.sentName] ?? null);
    }
    return result;
  }

  /** JSON in a text has names, which the text alone does not tell from other words. Written anew only when there is something to replace. */
  #jsonText(place: Place, text: string): string {
    if (this.#jsonTextDepth >= JSON_TEXT_DEPTH_MAX) {
      return text;
    }
    this.#jsonTextDepth += 1;
    try {
      const value = parseTellingJson(text, this.#isTelling);
      const scrubbed = value === undefined ? undefined : this.value(place, value);
      return scrubbed === value ? text : JSON.stringify(scrubbed);
    } catch (error) {
      if (error instanceof RangeError) {
        // Nested deeper than can be walked: what cannot be looked at must not be stored.
        return this.#replaceSecret(place, text, 'redact');
      }
      throw error;
    } finally {
      this.#jsonTextDepth -= 1;
    }
  }

  #replaceSecret(place: Place, text: string, strategy: string): string {
    const result = text === '' || REPLACED.test(text) ? text : this.#scrubber.replace('secret', strategy, text);
    if (result !== text) {
      this.#count('secret', strategy, place);
    }
    return result;
  }

  #digitsOf(value: number): string {
    const sent = Number.isSafeInteger(value) ? undefined : this.#sentNumbers?.digitsOf(value, this.#isSought);
    return sent ?? String(value);
  }

  #count(detector: string, strategy: string, place: Place): void {
    this.#tally.add(detector, strategy, place.field.place);
    const at = this.#detectors.indexOf(detector);
    if (at < 0) {
      this.#detectors.push(detector);
      this.#counts.push(1);
    } else {
      this.#counts[at] = (this.#counts[at] ?? 0) + 1;
    }
  }
}
