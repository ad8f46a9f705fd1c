/**
 * What axe finds on the page as it is now. Its own engine, given to the page once: the wrapper for
 * Playwright sends it anew for every look and carries back every node that is in order, which took four
 * times as long on these pages. Frames are looked at as pages of their own.
 */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type axe from 'axe-core';
import type { RunOptions } from 'axe-core';

/** The same engine in half as many characters, which each page is given and reads. */
const engine = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

/** The engine as the page holds it. */
declare const globalThis: { axe: typeof axe };

interface Look {
  /** CSS selector of the part to look at; the whole page where it is not given. */
  readonly within?: string;
  /** Ids of the only rules to apply; all of them where not given. */
  readonly rules?: readonly string[];
}

/** A line for each element at fault: the rule's id and the element as HTML. Empty where all is well. */
export async function axeFinds(page: Page, { within, rules }: Look = {}): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) {
    await page.evaluate(engine);
    // What is laid out only when it comes near is to be looked at too.
    await page.evaluate(() => {
      const all = new CSSStyleSheet();
      all.replaceSync('* { content-visibility: visible !important; }');
      document.adoptedStyleSheets.push(all);
    });
  }
  return page.evaluate(
    async ({ within, rules }) => {
      const options: RunOptions = {
        // One node stands for all that pass: enough to know that the engine looked at something.
        resultTypes: ['violations'],
        iframes: false,
        ...(rules && { runOnly: { type: 'rule', values: [...rules] } }),
      };
      const { violations, passes } = await globalThis.axe.run(within ?? document, options);
      if (violations.length + passes.length === 0) return [`nothing to look at in ${within}`];
      return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
    },
    { within, rules },
  );
}
