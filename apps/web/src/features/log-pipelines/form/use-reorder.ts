import { type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';

/** What the handle of an item needs. */
export interface HandleProps {
  readonly onPointerDown: (event: PointerEvent) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly 'data-handle': '';
}

/** A list whose items can be put in another order. */
export interface Reorder<List extends HTMLElement> {
  /** Of the element whose children are the items. */
  readonly list: RefObject<List | null>;
  readonly handle: (index: number) => HandleProps;
  /** The item that is being dragged. */
  readonly dragged: number | undefined;
}

const STEP_BY_KEY: Readonly<Record<string, number>> = { ArrowUp: -1, ArrowDown: 1 };

/** Where an item belongs whose handle is at a height of the window: past every neighbour of which it is beyond the middle. */
export function placeAt(
  boxes: readonly { readonly top: number; readonly bottom: number }[],
  from: number,
  y: number,
): number {
  const middles = boxes.map(({ top, bottom }) => (top + bottom) / 2);
  const above = middles.findIndex((middle, at) => at < from && y < middle);
  const below = middles.findLastIndex((middle, at) => at > from && y > middle);
  return above === -1 ? Math.max(from, below) : above;
}

/** Items are put elsewhere by dragging their handle, which a finger can do as well, or by its arrow keys. */
export function useReorder<List extends HTMLElement>(
  count: number,
  onMove: (from: number, to: number) => void,
): Reorder<List> {
  const list = useRef<List>(null);
  const move = useRef(onMove);
  const [dragged, setDragged] = useState<number>();
  const focusAt = useRef<number>(undefined);
  useEffect(() => {
    move.current = onMove;
    // An element that is moved in the document loses the focus.
    if (focusAt.current !== undefined) {
      list.current?.children[focusAt.current]?.querySelector<HTMLElement>('[data-handle]')?.focus();
      focusAt.current = undefined;
    }
  });
  const isDragging = dragged !== undefined;
  const place = useRef(0);
  useEffect(() => {
    if (!isDragging) {
      return undefined;
    }
    const onPointerMove = ({ clientY }: globalThis.PointerEvent): void => {
      const boxes = [...(list.current?.children ?? [])].map((item) => item.getBoundingClientRect());
      const to = placeAt(boxes, place.current, clientY);
      if (to !== place.current) {
        move.current(place.current, to);
        place.current = to;
        setDragged(to);
      }
    };
    const onEnd = (): void => setDragged(undefined);
    addEventListener('pointermove', onPointerMove);
    addEventListener('pointerup', onEnd);
    addEventListener('pointercancel', onEnd);
    return () => {
      removeEventListener('pointermove', onPointerMove);
      removeEventListener('pointerup', onEnd);
      removeEventListener('pointercancel', onEnd);
    };
  }, [isDragging]);
  return {
    list,
    dragged,
    handle: (index) => ({
      'data-handle': '',
      onPointerDown: (event) => {
        if (event.button === 0) {
          place.current = index;
          setDragged(index);
        }
      },
      onKeyDown: (event) => {
        const to = index + (STEP_BY_KEY[event.key] ?? 0);
        if (to !== index) {
          event.preventDefault();
          event.stopPropagation();
          if (to >= 0 && to < count) {
            focusAt.current = to;
            move.current(index, to);
          }
        }
      },
    }),
  };
}
