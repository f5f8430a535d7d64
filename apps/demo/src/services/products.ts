/** A product as the catalog tells it. */
export interface Product {
  readonly id: number;
  readonly name: string;
  readonly category: string;
  readonly priceCents: number;
}

/** With what its page shows beside. */
export interface ProductDetails extends Product {
  readonly stars: number;
  readonly reviews: number;
}

/** Something in a cart. */
export interface CartItem {
  readonly productId: number;
  readonly quantity: number;
}

/** What the shop sells. */
export const CATEGORIES = ['coffee', 'tea', 'kettles', 'grinders', 'cups', 'gifts'] as const;

const KINDS: Readonly<Record<(typeof CATEGORIES)[number], readonly string[]>> = {
  coffee: ['Harbour Espresso', 'Morning Filter', 'Slow Decaf', 'Highland Beans'],
  tea: ['Smoked Oolong', 'Garden Mint', 'First Flush', 'Winter Rooibos'],
  kettles: ['Gooseneck Kettle', 'Copper Kettle', 'Travel Kettle', 'Whistling Kettle'],
  grinders: ['Hand Grinder', 'Flat Burr Grinder', 'Conical Grinder', 'Pocket Grinder'],
  cups: ['Stoneware Cup', 'Double Glass', 'Enamel Mug', 'Saucer Set'],
  gifts: ['Taster Box', 'Brewing Course', 'Gift Card', 'Starter Set'],
};
const SIZES = ['small', 'large'] as const;

/** The assortment: 48 products, ids from 1. */
export const ASSORTMENT: readonly Product[] = CATEGORIES.flatMap((category) =>
  KINDS[category].flatMap((kind) => SIZES.map((size) => ({ category, name: `${kind}, ${size}` }))),
).map(({ category, name }, index) => ({ id: index + 1, name, category, priceCents: 490 + ((index * 377) % 9000) }));
