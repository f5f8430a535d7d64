import type { Locator } from 'playwright-core';

/** A place on an element: a part of its width, and pixels below its top. */
export interface DragPlace {
  readonly x: number;
  readonly y: number;
}

/** Where an element lies in the window. */
export async function boxOf(element: Locator) {
  const box = await element.boundingBox();
  if (box === null) {
    throw new Error(`${element} is not on the screen`);
  }
  return box;
}

/** Drags over an element. It begins where the element is once it stands still and nothing lies over it: what comes above it while a page fills pushes it down. */
export async function dragOver(element: Locator, from: DragPlace, to: DragPlace): Promise<void> {
  const { mouse } = element.page();
  const { width } = await boxOf(element);
  await element.hover({ position: { x: width * from.x, y: from.y } });
  await mouse.down();
  const box = await boxOf(element);
  await mouse.move(box.x + box.width * to.x, box.y + to.y, { steps: 5 });
  await mouse.up();
}

/** Drags so quickly that nothing is drawn between the last movement and letting go. */
export async function dragAtOnce(element: Locator, from: DragPlace, to: DragPlace): Promise<void> {
  const { mouse } = element.page();
  const { width } = await boxOf(element);
  await element.hover({ position: { x: width * from.x, y: from.y } });
  await mouse.down();
  await element.evaluate((surface, { x, y }) => {
    const box = surface.getBoundingClientRect();
    // That of the mouse.
    const at = { pointerId: 1, bubbles: true, clientX: box.left + box.width * x, clientY: box.top + y };
    surface.dispatchEvent(new PointerEvent('pointermove', at));
    surface.dispatchEvent(new PointerEvent('pointerup', at));
  }, to);
}
