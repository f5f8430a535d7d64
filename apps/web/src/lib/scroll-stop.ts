/**
 * A ref for an element that scrolls and has nothing in it to focus: it is a stop of the Tab key while there is something to scroll, since not every browser scrolls by keyboard without one
 * (https://www.w3.org/WAI/WCAG22/Techniques/general/G202).
 */
export function scrollStop(element: HTMLElement | null): (() => void) | undefined {
  if (element === null) {
    return undefined;
  }
  const look = (): void => {
    const scrolls = element.scrollHeight > element.clientHeight + 1 || element.scrollWidth > element.clientWidth + 1;
    if (scrolls) {
      element.tabIndex = 0;
    } else {
      element.removeAttribute('tabindex');
    }
  };
  const sizes = new ResizeObserver(look);
  sizes.observe(element);
  const content = new MutationObserver(look);
  content.observe(element, { childList: true, subtree: true });
  return () => {
    sizes.disconnect();
    content.disconnect();
  };
}
