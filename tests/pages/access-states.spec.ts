/**
 * Every widget as readers have it who see it otherwise than its makers: large letters (320 by 256 pixels is
 * a screen of 1280 by 1024 at 400%), a system with colours of its own, a finger, paper, less motion.
 */
import { expect as expectSoon, test, type Locator, type Page } from '@playwright/test';
import { coloursOfOurs, smallTargets, unfold, wordsAstray } from './looks.ts';

const expect = expectSoon.configure({ timeout: 20_000 });

interface State {
  readonly what: string;
  readonly path: string;
  readonly within: string;
  /** What is there once the address has been followed. */
  readonly shown: string;
  /** Smaller than a finger, and to be had elsewhere in the same widget. */
  readonly alsoElsewhere?: string;
}

const states: readonly State[] = [
  {
    what: 'simulator, two protections compared',
    path: '/embed/simulator/?protection=dane-and-mta-sts&line=mitm-rogue-ca&compare=mta-sts&step=2',
    within: '.simulator',
    shown: '.simulator table ol',
  },
  {
    what: 'simulator, the draft under attack',
    path: '/en/embed/simulator/?protection=smtp-sts-2016&zone=unsigned&forge-mx=yes&forge-policy=yes',
    within: '.simulator',
    shown: '.simulator .step[aria-current]',
  },
  {
    what: 'simulator, predict first',
    path: '/embed/simulator/?protection=mta-sts&line=strip&predict=1',
    within: '.simulator',
    shown: '.simulator .answers',
  },
  {
    what: 'first contact, a message opened',
    path: '/embed/first-contact/?stop=blocked&dot=mta-sts.1',
    within: '.first-contact',
    shown: '.first-contact .opened .row',
    // Dots of a short interval; the table opens the same messages.
    alsoElsewhere: '[data-dot], [data-grip]',
  },
  {
    what: 'matrix, a situation',
    path: '/embed/matrix/?situation=dane-fails-sts-passes',
    within: 'section.matrix',
    shown: 'section.matrix .situation',
  },
  {
    what: 'matrix, only where safety is false',
    path: '/en/embed/matrix/?history=forged-policy-planted&only-false=1',
    within: 'section.matrix',
    shown: 'section.matrix .faded',
  },
  {
    what: 'burden',
    path: '/embed/burden/?rate=0.1&lifetime=30',
    within: 'section.burden',
    shown: 'section.burden[data-ready="true"]',
  },
  {
    what: 'criteria',
    path: '/en/embed/criteria/?weights=first-contact:2',
    within: '.criteria',
    shown: '.criteria[data-ready="true"]',
  },
  { what: 'check, before a question', path: '/controle/', within: 'main', shown: 'main form' },
  {
    what: 'check, as recorded',
    path: '/embed/check/recorded/',
    within: 'main',
    shown: 'main .verdict-grid',
  },
  { what: 'tools', path: '/en/tools/', within: 'main', shown: 'main .tool' },
  { what: 'timeline', path: '/embed/timeline/', within: 'main', shown: 'main .timeline' },
  { what: 'home', path: '/', within: 'main', shown: 'main .matrix-table' },
];

async function open(page: Page, { path, within, shown }: State): Promise<Locator> {
  await page.goto(path);
  const widget = page.locator(within).first();
  await widget.scrollIntoViewIfNeeded();
  await widget.hover({ position: { x: 4, y: 4 }, force: true });
  await expect(page.locator(shown).first()).toBeAttached();
  const island = page.locator(`${within}[data-ready]`);
  if ((await island.count()) > 0)
    await expect(island.first()).toHaveAttribute('data-ready', 'true');
  return widget;
}

// One visit a widget: opening a page and bringing its widget to life costs more than looking at it.
for (const state of states)
  test(`${state.what}: at 400%, without motion, and in the colours of the reader’s system`, async ({
    page,
  }) => {
    await page.setViewportSize({ width: 320, height: 256 });
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const widget = await open(page, state);

    await test.step('nothing moves', async () => {
      const moving = await widget.evaluate(
        (root) =>
          [...root.querySelectorAll('*')].filter((each) => {
            const { transitionDuration, animationName } = getComputedStyle(each);
            return animationName !== 'none' || /[1-9]/.test(transitionDuration);
          }).length,
      );
      expect(moving).toBe(0);
      await expect(widget.locator('.needs-motion')).toBeHidden();
    });

    await unfold(widget);
    await test.step('at 400% no word is cut off or covered', async () => {
      await expect.poll(() => wordsAstray(page, state.within)).toEqual([]);
      // What stays in view while the rest scrolls would cover what is read.
      const stays = await widget.evaluate((root) =>
        [...root.querySelectorAll('*')]
          .filter(
            (each) =>
              each.checkVisibility() && /sticky|fixed/.test(getComputedStyle(each).position),
          )
          .map((each) => each.className),
      );
      expect(stays).toEqual([]);
    });

    await test.step('no colour is ours, and who goes by keyboard sees where', async () => {
      await page.setViewportSize({ width: 1280, height: 720 });
      await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
      expect(await coloursOfOurs(page, state.within)).toEqual([]);
      const control = widget
        .locator('button:enabled, select:enabled, input:enabled, a[href]')
        .first();
      await control.focus();
      await page.keyboard.press('Shift+Tab');
      await page.keyboard.press('Tab');
      const outline = await page.evaluate(() => {
        const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(
          document.activeElement!,
        );
        const canvas = getComputedStyle(document.body).backgroundColor;
        return {
          outlineStyle,
          wide: Number.parseFloat(outlineWidth),
          onIts: outlineColor !== canvas,
        };
      });
      expect(outline.outlineStyle).not.toBe('none');
      expect(outline.wide).toBeGreaterThanOrEqual(2);
      expect(outline.onIts).toBe(true);
    });
  });

test('in the colours of the reader’s system what is chosen is told apart from what is not', async ({
  page,
}) => {
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  const groundOf = (element: Locator) =>
    element.evaluate((each) => getComputedStyle(each).backgroundColor);
  await open(page, states[3]!);
  const stops = page.locator('.stops button');
  expect(await groundOf(stops.and(page.locator('[aria-pressed="true"]')))).not.toBe(
    await groundOf(stops.and(page.locator('[aria-pressed="false"]')).first()),
  );
  await open(page, states[0]!);
  const step = page.locator('.simulator .step');
  const line = (which: string) => step.and(page.locator(which)).locator('.line').first();
  expect(await groundOf(line('[aria-current]'))).not.toBe(
    await groundOf(line(':not([aria-current])')),
  );
  await open(page, states[4]!);
  const border = (which: string) =>
    page
      .locator(`section.matrix td${which} a`)
      .first()
      .evaluate((each) => getComputedStyle(each).borderTopStyle);
  expect(await border('[data-gap="false-security"]')).not.toBe(
    await border(':not([data-gap="false-security"])'),
  );
});

test.describe('by touch', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 360, height: 780 } });

  /** A finger that goes down, moves in steps and is lifted. */
  async function swipe(page: Page, from: { x: number; y: number }, to: { x: number; y: number }) {
    const session = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: object[]) =>
      session.send('Input.dispatchTouchEvent', { type, touchPoints: points as never });
    await touch('touchStart', [from]);
    const steps = 8;
    for (let step = 1; step <= steps; step += 1)
      await touch('touchMove', [
        {
          x: from.x + ((to.x - from.x) * step) / steps,
          y: from.y + ((to.y - from.y) * step) / steps,
        },
      ]);
    await touch('touchEnd', []);
  }
  const middleOf = async (element: Locator) => {
    await element.scrollIntoViewIfNeeded();
    const { x, y, width, height } = (await element.boundingBox())!;
    return { x: x + width / 2, y: y + height / 2 };
  };

  for (const state of states)
    test(`a finger hits what it means: ${state.what}`, async ({ page }) => {
      const widget = await open(page, state);
      await unfold(widget);
      expect(await smallTargets(page, state.within, state.alsoElsewhere)).toEqual([]);
    });

  test('the window of the attack is dragged, and let go', async ({ page }) => {
    await open(page, {
      ...states[3]!,
      path: '/embed/first-contact/?stop=blocked',
      shown: '[data-grip="to"]',
    });
    const dot = page.locator('[data-dot="mta-sts.6"]');
    await expect(dot).toHaveAttribute('data-verdict', 'delivered-proven');
    const grip = page.locator('[data-grip="to"]');
    await grip.scrollIntoViewIfNeeded();
    const { x, y, width, height } = (await grip.boundingBox())!;
    const target = (await page.locator('[data-dot="dane.8"]').boundingBox())!;
    // At its foot, where it is drawn: higher up messages lie over it.
    const from = { x: x + width / 2, y: y + height - 10 };
    await swipe(page, from, { x: target.x, y: from.y });
    await expect(dot).toHaveAttribute('data-verdict', 'delivered-readable');
    const days = await grip.getAttribute('aria-valuenow');
    // The finger is gone: what passes over it later moves nothing.
    await page.mouse.move(from.x, from.y);
    await page.mouse.move(from.x + 60, from.y);
    expect(await grip.getAttribute('aria-valuenow')).toBe(days);
  });

  test('a message whose dot is small is opened from the table', async ({ page }) => {
    await open(page, {
      ...states[3]!,
      path: '/en/embed/first-contact/?stop=dane',
      shown: '.as-text',
    });
    await page.locator('.as-text > summary').tap();
    await page
      .getByRole('button', { name: /day 3, MTA-STS/i })
      .last()
      .tap();
    const heading = page.getByRole('heading', { name: /day 3, MTA-STS/ });
    await expect(heading).toBeFocused();
    await expect(heading).toBeInViewport();
  });

  test('a number in a sentence is dragged', async ({ page }) => {
    await open(page, states[6]!);
    const rate = page.getByRole('spinbutton').first();
    await expect(rate).toHaveValue('0,1');
    const from = await middleOf(rate);
    await swipe(page, from, { x: from.x + 80, y: from.y });
    await expect(rate).not.toHaveValue('0,1');
    await expect(page).toHaveURL(/rate=/);
  });

  test('a cell of the matrix opens its trace', async ({ page }) => {
    await page.goto('/');
    const cell = page.locator('.matrix-table td a').nth(7);
    const verdict = (await cell.getAttribute('data-verdict'))!;
    await cell.scrollIntoViewIfNeeded();
    await cell.tap();
    await expect(page).toHaveURL(/hoe-het-werkt/);
    await expect(page.locator('.simulator .outcome')).toHaveAttribute('data-verdict', verdict);
  });
});

test('on paper every widget has its figure and its words, and nothing to press', async ({
  page,
}) => {
  const figures: Readonly<Record<string, string>> = {
    '.simulator': '.sheet svg',
    '.first-contact': 'svg.timeline',
    'section.matrix': '.matrix-table td .word',
    'section.burden': 'svg.chart.wide',
    '.criteria': '.finding .text',
  };
  for (const state of states.filter(
    ({ within, what }) => within in figures && !/predict/.test(what),
  )) {
    await page.emulateMedia({ media: 'screen' });
    // As wide as a sheet of A4 with its margins.
    await page.setViewportSize({ width: 680, height: 960 });
    const widget = await open(page, state);
    await page.emulateMedia({ media: 'print' });
    await expect(widget.locator(figures[state.within]!).first()).toBeVisible();
    expect(await widget.locator('.button:visible').count(), state.what).toBe(0);
    expect(await wordsAstray(page, state.within), state.what).toEqual([]);
  }
});

test('who asks for less motion steps all the same', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await open(page, states[0]!);
  const current = page.locator('.simulator .step[aria-current] .number');
  const before = Number(await current.innerText());
  // The first is of the stage; the other moves the two that are compared.
  await page.getByRole('button', { name: 'Verder' }).first().click();
  await expect(current).toHaveText(String(before + 1));
  expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
});
