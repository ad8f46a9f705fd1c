/**
 * Does every embed fit its frame? One table and one look, for every browser that is driven
 * (embeds.spec.ts, firefox.spec.ts): without script a frame of the height that we give out holds its
 * embed, and with our script it is exactly as high.
 */
import { expect } from '@playwright/test';
import { heightFor } from '../../src/site/embed-code.ts';
import { iframeCode } from '../../src/site/iframe-code.ts';
import { embedHref, embeds } from '../../src/site/routes.ts';

export const allEmbeds = embeds.flatMap(({ id }, index) =>
  (['nl', 'en'] as const).map((lang, nth) => {
    // Either half has each embed in one language: for looks at what does not depend on its words.
    const half = (index + nth) % 2;
    return { id, lang, path: embedHref(id, lang), half };
  }),
);
export const widths = [320, 768, 1200] as const;
/** Room for the scrollbar of the page around. */
const scrollbarPixels = 15;

/** A page of somebody else that holds every embed by the code that we give out. */
export const hostOfAll = (origin: string): string => {
  const frames = allEmbeds.map(({ path }) =>
    iframeCode({ address: `${origin}${path}`, title: path, height: 600 }),
  );
  return `<!doctype html><html lang="en"><title>host</title>
<style>body { margin: 0 } iframe { display: block }</style><body>${frames.join('\n')}</body></html>`;
};

/** A page or a frame in whichever browser: it runs a function of ours. */
export type Inside = <Given, Result>(
  run: (given: Given) => Result | Promise<Result>,
  given: Given,
) => Promise<Result>;

/** Playwright and Puppeteer say it with the same word, and with types of their own. */
export const insideOf =
  (place: { evaluate: (run: never, given: unknown) => Promise<unknown> }): Inside =>
  (run, given) =>
    place.evaluate(run as never, given) as Promise<never>;

/** The page of `hostOfAll`, opened, in whichever browser. */
export interface OpenHost {
  readonly page: Inside;
  /** In the order of `allEmbeds`, each loaded. */
  readonly frames: readonly Inside[];
  readonly resize: (width: number) => Promise<unknown>;
}

/** What is wrong inside a frame, in pixels: what a reader would have to scroll, and what is left below. */
const look = (frame: Inside) =>
  frame(() => {
    const { scrollHeight, clientHeight, scrollWidth, clientWidth } = document.documentElement;
    const ends = [...document.body.children].map((part) => part.getBoundingClientRect().bottom);
    return {
      down: Math.max(0, scrollHeight - clientHeight),
      sideways: Math.max(0, scrollWidth - clientWidth),
      left: Math.floor(innerHeight - (Math.max(...ends) + scrollY)),
    };
  }, undefined);

/**
 * A browser lays out a frame, and lets it speak, when somebody comes to it; one without a screen draws nothing anew for
 * who stays where he is, so one goes away first.
 */
const comeTo = (page: Inside, index: number) =>
  page(async (at) => {
    scrollTo(0, at === 0 ? document.body.scrollHeight : 0);
    await new Promise(requestAnimationFrame);
    document.querySelectorAll('iframe')[at]?.scrollIntoView();
    await new Promise(requestAnimationFrame);
  }, index);

async function setWidths({ page, resize }: OpenHost, width: number): Promise<void> {
  await resize(width + scrollbarPixels);
  await page((pixels) => {
    for (const frame of document.querySelectorAll('iframe')) frame.width = String(pixels);
  }, width);
}

export async function expectFit(host: OpenHost, origin: string): Promise<void> {
  expect(host.frames.length).toBe(allEmbeds.length);
  for (const width of widths) {
    await setWidths(host, width);
    await host.page(
      (heights) => {
        for (const [index, frame] of [...document.querySelectorAll('iframe')].entries())
          frame.height = String(heights[index]);
      },
      allEmbeds.map(({ id }) => heightFor(id, width)),
    );
    for (const [index, frame] of host.frames.entries())
      await expect
        .poll(() => look(frame), { message: `${allEmbeds[index]?.path} at ${width}, no script` })
        .toMatchObject({ down: 0, sideways: 0 });
  }
  await host.page(
    (address) =>
      new Promise<void>((resolve, reject) => {
        const script = document.createElement('script');
        script.onload = () => resolve();
        script.onerror = () => reject(new Error(`${address} does not load`));
        script.src = address;
        document.body.append(script);
      }),
    `${origin}/embed.js`,
  );
  for (const width of [...widths].reverse()) {
    await setWidths(host, width);
    for (const [index, frame] of host.frames.entries()) {
      const comeAndLook = async () => {
        await comeTo(host.page, index);
        return look(frame);
      };
      await expect
        .poll(comeAndLook, {
          message: `${allEmbeds[index]?.path} at ${width}, fitted`,
          timeout: 30_000,
        })
        .toEqual({ down: 0, sideways: 0, left: 0 });
    }
  }
}
