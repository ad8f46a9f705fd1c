/**
 * Every page as it looks while it is used: under the pointer, with the focus, pressed. All that can be used is put
 * into a state at once, as the browser's own tools do it, so that one look judges all of it.
 */
import { expect, test, type Page } from '@playwright/test';
import { routes } from '../../src/site/routes.ts';
import { axeFinds } from './axe.ts';

const usable =
  'a[href], button, input, select, textarea, summary, label, [tabindex]:not([tabindex="-1"])';
const states = {
  hover: ['hover'],
  focus: ['focus', 'focus-visible', 'focus-within'],
  pressed: ['hover', 'active'],
} as const;

/** What stands for all that looks like it: of one kind of control in one kind of place, the first four. */
const probe = '[data-probe]';
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

/** Puts what was marked into a state, until the next call. */
async function forcer(page: Page) {
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
const unmarked = (page: Page) =>
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

// Every page in one language, half of them in each: what differs is their words.
const paths = routes.map(({ nl, en }, index) => (index % 2 === 0 ? nl : en));

for (const path of paths)
  test(`${path}: letters can be read and the focus is seen in each state`, async ({ page }) => {
    test.setTimeout(240_000);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto(path);
    await page.evaluate(() => {
      for (const each of document.querySelectorAll('main details'))
        (each as HTMLDetailsElement).open = true;
    });
    const force = await forcer(page);
    for (const [state, pseudo] of Object.entries(states)) {
      expect(await force(pseudo)).toBeGreaterThan(5);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        expect(
          await axeFinds(page, { within: probe, rules: ['color-contrast'] }),
          `${state}, ${colorScheme}`,
        ).toEqual([]);
        if (state === 'focus') expect(await unmarked(page), colorScheme).toEqual([]);
      }
    }
  });

test('a state that cannot be read would be found', async ({ page }) => {
  await page.goto('/');
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      'footer a:hover { color: #ddd !important; } a:focus { outline: none !important; }',
    );
    document.adoptedStyleSheets.push(sheet);
  });
  const force = await forcer(page);
  await force(states.hover);
  expect(await axeFinds(page, { within: probe, rules: ['color-contrast'] })).not.toEqual([]);
  await force(states.focus);
  expect(await unmarked(page)).not.toEqual([]);
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('header a:focus { outline: 3px solid #ddd !important; }');
    document.adoptedStyleSheets.push(sheet);
  });
  expect((await unmarked(page)).some((each) => each.includes('/vergelijking/'))).toBe(true);
});

test('at 320 pixels only code and wide figures scroll sideways, each with its sign', async ({
  page,
}) => {
  test.setTimeout(240_000);
  await page.setViewportSize({ width: 320, height: 700 });
  const found: string[] = [];
  for (const path of paths) {
    await page.goto(path);
    found.push(
      ...(await page.evaluate((at) => {
        for (const each of document.querySelectorAll('main details'))
          (each as HTMLDetailsElement).open = true;
        return [...document.querySelectorAll('main *')]
          .filter((each) => each.checkVisibility() && each.scrollWidth > each.clientWidth + 1)
          .filter((each) => /auto|scroll/.test(getComputedStyle(each).overflowX))
          .filter((each) => !each.matches('pre, textarea, input, select'))
          .filter(
            (each) =>
              each.querySelector('svg, iframe, code') === null ||
              (each as HTMLElement).tabIndex < 0,
          )
          .map((each) => `${at} <${each.tagName.toLowerCase()} class="${each.className}">`);
      }, path)),
    );
  }
  expect(found).toEqual([]);
});
