/**
 * A page as it looks while it is used: under the pointer, with the focus, pressed. All that can be used is put
 * into a state at once, as the browser's own tools do it, so that one look judges all of it.
 */
import { expect, type Page } from '@playwright/test';
import { axeFinds } from './axe.ts';

const usable =
  'a[href], button, input, select, textarea, summary, label, [tabindex]:not([tabindex="-1"])';
export const states = {
  hover: ['hover'],
  focus: ['focus', 'focus-visible', 'focus-within'],
  pressed: ['hover', 'active'],
} as const;

/** What stands for all that looks like it: of one kind of control in one kind of place, the first four. */
export const probe = '[data-probe]';
const markProbes = (page: Page) =>
  page.evaluate((selector) => {
    const seen = new Map<string, number>();
    for (const each of document.querySelectorAll(selector)) {
      const places = [each, each.parentElement, each.parentElement?.parentElement];
      const kind = places.map((at) => `${at?.tagName} ${at?.getAttribute('class')}`).join(' < ');
      const count = seen.get(kind) ?? 0;
      seen.set(kind, count + 1);
      if (count < 4) each.setAttribute('data-probe', '');
    }
  }, usable);

/** Puts what can be used into a state, until the next call. */
export async function forcer(page: Page) {
  await markProbes(page);
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('DOM.enable');
  await devTools.send('CSS.enable');
  const { root } = await devTools.send('DOM.getDocument', { depth: 0 });
  const { nodeIds } = await devTools.send('DOM.querySelectorAll', {
    nodeId: root.nodeId,
    selector: probe,
  });
  return async (forcedPseudoClasses: readonly string[]) => {
    const pseudo = [...forcedPseudoClasses];
    await Promise.all(
      nodeIds.map((nodeId) =>
        devTools.send('CSS.forcePseudoState', { nodeId, forcedPseudoClasses: pseudo }),
      ),
    );
    return nodeIds.length;
  };
}

/**
 * What has the focus and does not show it: neither itself, nor the label or box around it, with a ring that stands
 * out from its ground by 3 to 1 (WCAG 1.4.11).
 */
export const unmarked = (page: Page) =>
  page.evaluate((selector) => {
    const numbersOf = (colour: string): readonly number[] => {
      const numbers = colour.match(/[\d.]+/g)?.map(Number) ?? [];
      const scale = colour.startsWith('rgb') ? 1 : 255;
      return numbers.map((each, at) => (at < 3 ? each * scale : each));
    };
    const luminance = (colour: string): number => {
      const [red = 0, green = 0, blue = 0] = numbersOf(colour).map((each) => {
        const share = each / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const groundOf = (from: Element | null): string => {
      for (let at = from; at; at = at.parentElement) {
        const { backgroundColor } = getComputedStyle(at);
        if ((numbersOf(backgroundColor)[3] ?? 1) > 0.5) return backgroundColor;
      }
      return 'rgb(255, 255, 255)';
    };
    const standsOut = (ring: string, ground: string): boolean => {
      const [dark = 0, light = 0] = [luminance(ring), luminance(ground)].sort((a, b) => a - b);
      return (light + 0.05) / (dark + 0.05) >= 3;
    };
    return [...document.querySelectorAll(selector)]
      .filter((each) => each.tagName !== 'LABEL' && each.checkVisibility())
      .filter((each) => !(each as HTMLButtonElement).disabled)
      .filter((each) => {
        for (let at: Element | null = each; at && at.tagName !== 'MAIN'; at = at.parentElement) {
          const { opacity, outlineStyle, outlineWidth, outlineColor, outlineOffset, boxShadow } =
            getComputedStyle(at);
          // A hidden radio button under its visible label.
          if (opacity === '0') continue;
          if (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2) {
            const isInside = Number.parseFloat(outlineOffset) < 0;
            return !standsOut(outlineColor, groundOf(isInside ? at : at.parentElement));
          }
          if (at === each && boxShadow !== 'none') return false;
        }
        return true;
      })
      .map((each) => each.outerHTML.slice(0, 120));
  }, probe);

declare const globalThis: { looks?: Set<string> };

/**
 * Has the page colours, letters or places that no earlier call found on it? Where all those of every element are as they
 * were, so is the contrast: axe, which takes its time for the whole page, need not look again. Of the link that only
 * focus shows axe says nothing, where it lies over others.
 */
export const looksNew = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const look = [...document.body.querySelectorAll('*:not(.nl-skip-link)')]
      .map((each) => {
        if (!each.checkVisibility({ visibilityProperty: true })) return '';
        const style = getComputedStyle(each);
        const { width, height, x, y } = each.getBoundingClientRect();
        return [
          ...[style.color, style.backgroundColor, style.backgroundImage, style.opacity],
          ...[style.filter, style.mixBlendMode, style.textShadow, style.zIndex],
          ...[style.fontSize, style.fontWeight, width, height, x + scrollX, y + scrollY],
        ].join();
      })
      .join('\n');
    const looks = (globalThis.looks ??= new Set());
    return looks.size < looks.add(look).size;
  });

/** In each state and scheme: letters that cannot be read, focus that is not seen. Call `looksNew` at each look before. */
export async function expectStates(page: Page): Promise<void> {
  const force = await forcer(page);
  for (const [state, pseudo] of Object.entries(states)) {
    expect(await force(pseudo)).toBeGreaterThan(5);
    for (const colorScheme of ['light', 'dark'] as const) {
      const where = `${state}, ${colorScheme}`;
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      if (await looksNew(page))
        expect
          .soft(await axeFinds(page, { within: probe, rules: ['color-contrast'] }), where)
          .toEqual([]);
      if (state === 'focus') expect.soft(await unmarked(page), where).toEqual([]);
    }
  }
  await force([]);
}
