import type { Field } from './detector.ts';
import type { Scrubber } from './scrubber.ts';
import { type TopPlaces, topPlaces } from './top-places.ts';

/** What was replaced in a name. */
interface NameFinding {
  readonly detector: string;
  readonly strategy: string;
}

/** A longer path of names is cut. UTF-16 units. */
const PLACE_LENGTH_MAX = 200;
/** Places of longer names are made each time; a name that comes again is nearly never this long. UTF-16 units. */
const CACHED_NAME_LENGTH_MAX = 128;
/** Places that one organization's tree keeps: some thousand names are what a system has, names without end are ids. About 500 bytes each. */
export const PLACES_MAX = 4096;
/** What is known of names that stand as values, or in JSON texts, is kept for so many. */
const NAMES_MAX = 2048;

/** Names of numbers that are a person's with fewer than thirteen digits. */
const PERSONAL_NUMBER = /ssn|social|phone|mobile|msisdn|(?:^|[._-])(?:tel|cell|fax)(?:$|[._-])/;
/** Members beside which a name may stand: `{"name": "password", "value": "x"}`. */
const PAIR_VALUE = /^(?:value|val)$/;
/** Names of lists in which names and values take turns. */
const HEADER_LIST = /headers$/;

const NO_FINDINGS: readonly NameFinding[] = [];

/** A place in records where texts stand, and all that follows from its name, so that a record pays nothing for it. Belongs to one scrubber. */
export class Place {
  readonly field: Field;
  /** Numbers the places of a tree from 0. */
  readonly id: number;
  /** The name as it was sent, and as it is to be stored; for elements and tops the same. */
  readonly sentName: string;
  readonly name: string;
  readonly nameFindings: readonly NameFinding[];
  /** The strategy for all that stands here and below, where the name says that it is secret. */
  readonly secret: string | undefined;
  readonly isPersonalNumber: boolean;
  readonly isPairValue: boolean;
  readonly isHeaderList: boolean;
  /** Of an element: its array. */
  readonly list: Place | undefined;
  /** By name as it is sent. */
  children: Map<string, Place> | undefined;
  element: Place | undefined;
  /** This place, as if its name were secret; by strategy. */
  secretTwins: Map<string, Place> | undefined;

  constructor(field: Field, id: number, more: Partial<Place>) {
    this.field = field;
    this.id = id;
    this.sentName = more.sentName ?? '';
    this.name = more.name ?? this.sentName;
    this.nameFindings = more.nameFindings ?? NO_FINDINGS;
    this.secret = more.secret;
    this.isPersonalNumber = PERSONAL_NUMBER.test(field.name);
    this.isPairValue = PAIR_VALUE.test(field.name) && more.list === undefined;
    this.isHeaderList = HEADER_LIST.test(field.name) && more.list === undefined;
    this.list = more.list;
  }
}

/** The places of one organization's records under one policy. Bounded: what is beyond is made anew each time. */
export class PlaceTree {
  readonly #scrubber: Scrubber;
  /** Fields of records: looked up for each text of each record, so a load and no more. */
  readonly tops: TopPlaces;
  readonly #strategies = new Map<string, string | undefined>();
  readonly #telling = new Map<string, boolean>();
  #count = 0;

  constructor(scrubber: Scrubber) {
    this.#scrubber = scrubber;
    this.tops = topPlaces((path) => this.#makeTop(path));
  }

  /** No more places are kept: it is time for another tree. */
  get isFull(): boolean {
    return this.#count >= PLACES_MAX;
  }

  /** The member of an object. An array of one name within another is the same place, so that a tree of any depth has one. */
  child(parent: Place, sentName: string): Place {
    const known = parent.children?.get(sentName);
    if (known !== undefined) {
      return known;
    }
    if (parent.list?.sentName === sentName && parent.list.secret === parent.secret) {
      return parent.list;
    }
    const place = this.#makeChild(parent, sentName);
    if (sentName.length <= CACHED_NAME_LENGTH_MAX && !this.isFull) {
      parent.children ??= new Map();
      parent.children.set(sentName, place);
    }
    return place;
  }

  /** The elements of an array: arrays do not count as names. */
  element(list: Place): Place {
    if (list.element === undefined) {
      const field = { name: list.field.name, place: cut(`${list.field.place}[]`) };
      list.element = new Place(field, this.#nextId(), { list, secret: list.secret });
    }
    return list.element;
  }

  /** The place, all of which is to go under the strategy. */
  secretTwin(place: Place, strategy: string): Place {
    let twin = place.secretTwins?.get(strategy);
    if (twin === undefined) {
      twin = new Place(place.field, this.#nextId(), { ...place, secret: strategy });
      place.secretTwins ??= new Map();
      place.secretTwins.set(strategy, twin);
    }
    return twin;
  }

  /** The strategy for what a name stands beside: that of the header in `["authorization", "x"]`. */
  strategyOf(name: string): string | undefined {
    if (name.length > CACHED_NAME_LENGTH_MAX) {
      return undefined;
    }
    if (this.#strategies.has(name)) {
      return this.#strategies.get(name);
    }
    const strategy = this.#strategyAt({ name, place: name });
    if (this.#strategies.size < NAMES_MAX) {
      this.#strategies.set(name, strategy);
    }
    return strategy;
  }

  /** Whether a name in a JSON text says more than the text alone. */
  isTelling(name: string): boolean {
    const known = this.#telling.get(name);
    if (known !== undefined) {
      return known;
    }
    const lower = name.toLowerCase();
    const isTelling =
      PAIR_VALUE.test(lower) ||
      HEADER_LIST.test(lower) ||
      PERSONAL_NUMBER.test(lower) ||
      this.strategyOf(name) !== undefined;
    if (this.#telling.size < NAMES_MAX) {
      this.#telling.set(name, isTelling);
    }
    return isTelling;
  }

  #makeChild(parent: Place, sentName: string): Place {
    let nameFindings = NO_FINDINGS;
    const nameField = { name: '', place: parent.field.place };
    const name = this.#scrubber.scrubText(sentName, nameField, (detector, strategy) => {
      nameFindings = [...nameFindings, { detector, strategy }];
    });
    const field = { name: sentName.toLowerCase(), place: cut(`${parent.field.place}.${name}`) };
    const secret = parent.secret ?? this.#strategyAt({ name: sentName, place: field.place });
    return new Place(field, this.#nextId(), {
      sentName,
      name,
      secret,
      nameFindings: name === sentName ? NO_FINDINGS : nameFindings,
    });
  }

  #makeTop(path: string): Place {
    const name = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
    return new Place({ name, place: path }, this.#nextId(), {});
  }

  #strategyAt(field: Field): string | undefined {
    const strategy = this.#scrubber.secretStrategyOf(field);
    return strategy === 'keep' ? undefined : strategy;
  }

  #nextId(): number {
    this.#count += 1;
    return this.#count - 1;
  }
}

function cut(place: string): string {
  return place.length <= PLACE_LENGTH_MAX ? place : `${place.slice(0, PLACE_LENGTH_MAX - 1)}…`;
}

const trees = new WeakMap<Scrubber, PlaceTree>();

/** The places of a scrubber; another tree when the one at hand is full, so ids of places hold within a tree only. */
export function placesOf(scrubber: Scrubber): PlaceTree {
  let tree = trees.get(scrubber);
  if (tree === undefined || tree.isFull) {
    tree = new PlaceTree(scrubber);
    trees.set(scrubber, tree);
  }
  return tree;
}
