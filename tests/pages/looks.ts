/** What a look at a page would find: words cut off or over one another, targets too small, colours of our own. */
import type { Locator, Page } from '@playwright/test';

/** Opens everything that is folded, also what appears by doing so. */
export async function unfold(within: Locator): Promise<void> {
  for (let round = 0; round < 3; round += 1)
    await within.evaluateAll((all) => {
      for (const each of all)
        for (const details of each.querySelectorAll('details')) details.open = true;
    });
}

/**
 * Words that leave the page or their button on a side, or that other words cover; the page itself where it is too
 * wide; links that no style reaches.
 */
export const wordsAstray = (page: Page, within: string): Promise<string[]> =>
  page.evaluate((selector) => {
    const isHidden = (element: Element | null): boolean =>
      element !== null &&
      (getComputedStyle(element).clipPath === 'inset(50%)' || isHidden(element.parentElement));
    const wide = document.documentElement.clientWidth;
    /** Of links that no style of ours reaches, light and dark. */
    const browserColours = ['rgb(0, 0, 238)', 'rgb(158, 158, 255)'];
    const found: string[] = [];
    if (document.documentElement.scrollWidth > wide)
      found.push(`the page is ${document.documentElement.scrollWidth} wide`);
    interface Box {
      readonly text: string;
      readonly rect: DOMRect;
      readonly parent: Element;
    }
    const boxes: Box[] = [];
    const scrolls = (element: Element): boolean =>
      /auto|scroll/.test(getComputedStyle(element).overflowX) &&
      element.scrollWidth > element.clientWidth;
    const root = document.querySelector(selector);
    if (root === null) return [`there is no ${selector}`];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const parent = node.parentElement;
      const text = (node.textContent ?? '').trim();
      if (parent === null || text === '') continue;
      if (parent.closest('option, title, desc, style, script, noscript')) continue;
      if (isHidden(parent)) continue;
      const seen = { visibilityProperty: true, opacityProperty: true, contentVisibilityAuto: true };
      if (!parent.checkVisibility(seen)) continue;
      let above: Element | null = parent;
      while (above !== null && above !== root && !scrolls(above)) above = above.parentElement;
      const inScroll = above !== null && above !== root;
      const range = document.createRange();
      range.selectNodeContents(node);
      const own = parent.closest('button, td, th, label, summary, a[href]');
      const link = own instanceof HTMLAnchorElement && !own.closest('svg') ? own : undefined;
      if (link && browserColours.includes(getComputedStyle(link).color))
        found.push(`a link as the browser colours it: ${text.slice(0, 40)}`);
      const around =
        own && getComputedStyle(own).display !== 'inline' ? own.getBoundingClientRect() : undefined;
      for (const rect of range.getClientRects()) {
        if (rect.width < 1 || rect.height < 1) continue;
        if (around && (rect.left < around.left - 1 || rect.right > around.right + 1))
          found.push(`sticks out of what it stands in: ${text.slice(0, 60)}`);
        if (!inScroll && (rect.left < -1 || rect.right > wide + 1))
          found.push(`leaves the page: ${text.slice(0, 60)}`);
        boxes.push({ text, rect, parent });
      }
    }
    if (boxes.length < 5) found.push(`only ${boxes.length} words to look at`);
    boxes.forEach((one, index) => {
      for (const other of boxes.slice(index + 1)) {
        if (one.parent === other.parent) continue;
        const across =
          Math.min(one.rect.right, other.rect.right) - Math.max(one.rect.left, other.rect.left);
        const down =
          Math.min(one.rect.bottom, other.rect.bottom) - Math.max(one.rect.top, other.rect.top);
        // Boxes of lines touch; letters do not fill theirs.
        const room = 0.35 * Math.min(one.rect.height, other.rect.height);
        if (across > 2 && down > room)
          found.push(`over one another: ${one.text.slice(0, 40)} | ${other.text.slice(0, 40)}`);
      }
    });
    return [...new Set(found)];
  }, within);

/**
 * What can be pressed and has neither 24 by 24 pixels nor as much room around it (WCAG 2.2, 2.5.8). Links
 * within a sentence are not measured, nor what `unless` selects: there the same is done elsewhere too.
 */
export const smallTargets = (page: Page, within: string, unless = ':not(*)'): Promise<string[]> =>
  page.evaluate(
    ({ within, unless }) => {
      const least = 24;
      const root = document.querySelector(within);
      if (root === null) return [`there is no ${within}`];
      const pressed =
        'a[href], button, input, select, summary, textarea, [role="button"], [role="slider"]';
      const targets = [...root.querySelectorAll(pressed)].filter(
        (each) =>
          each.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }) &&
          !each.closest('.fs-hidden'),
      );
      const boxes = targets.map((each) => {
        const { left, top, width, height } = (
          each.closest('label') ?? each
        ).getBoundingClientRect();
        return { each, width, height, x: left + width / 2, y: top + height / 2 };
      });
      if (boxes.length === 0) return ['nothing can be pressed'];
      const isInSentence = (each: Element): boolean =>
        each.localName === 'a' &&
        getComputedStyle(each).display === 'inline' &&
        (each.parentElement?.textContent ?? '').trim() !== (each.textContent ?? '').trim();
      return boxes
        .filter(({ each, width, height }) => {
          if (width === 0 || (width >= least && height >= least)) return false;
          return !each.matches(unless) && !isInSentence(each);
        })
        .filter(({ each, x, y }) =>
          boxes.some(
            (other) =>
              other.each !== each &&
              !other.each.contains(each) &&
              Math.hypot(other.x - x, other.y - y) < least,
          ),
        )
        .map(
          ({ each, width, height }) =>
            `${width.toFixed(0)} × ${height.toFixed(0)}: ${each.outerHTML.slice(0, 120)}`,
        );
    },
    { within, unless },
  );

/** Drawn in a colour that is not one of the reader's system, where that asks for its own colours only. */
export const coloursOfOurs = (page: Page, within: string): Promise<string[]> =>
  page.evaluate((selector) => {
    const root = document.querySelector(selector);
    if (root === null) return [`there is no ${selector}`];
    const probe = document.createElement('i');
    root.append(probe);
    const system = [
      ...['Canvas', 'CanvasText', 'LinkText', 'VisitedText', 'GrayText', 'Highlight'],
      ...['HighlightText', 'ButtonText', 'ButtonFace', 'ButtonBorder', 'Field', 'FieldText'],
    ].map((name) => {
      probe.style.color = name;
      return getComputedStyle(probe).color;
    });
    probe.remove();
    const none = new Set(['none', 'rgba(0, 0, 0, 0)', 'transparent']);
    const shapes = root.querySelectorAll(
      'svg :is(path, line, rect, circle, polygon, text, ellipse)',
    );
    const found = new Set<string>();
    for (const shape of shapes) {
      if (!shape.checkVisibility()) continue;
      const { fill, stroke, color } = getComputedStyle(shape);
      for (const [what, value] of Object.entries({ fill, stroke, color }))
        if (!none.has(value) && !value.startsWith('url(') && !system.includes(value))
          found.add(`${what} ${value}: ${shape.outerHTML.slice(0, 90)}`);
    }
    return [...found];
  }, within);
