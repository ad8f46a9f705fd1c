/** The simulator on its page and in its embed: by address, by keyboard, without script, on paper. */
import { expect as expectSoon, test, type Page } from '@playwright/test';
import { alive } from './alive.ts';
import { axeFinds } from './axe.ts';

// Each waits for what it expects, and not for time: bounds for a machine that does other things too.
const expect = expectSoon.configure({ timeout: 20_000 });

const outcome = (page: Page) => page.locator('.simulator .scene-player .outcome');

async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await alive(page.locator('.simulator'));
}

const places = ['/hoe-het-werkt/', '/en/embed/simulator/'];
const addresses = [
  ['opportunistic, STARTTLS stripped', 'line=strip', 'delivered-readable', 'readable'],
  [
    'MTA-STS at first contact, discovery blocked, STARTTLS stripped',
    'protection=mta-sts&block-policy=drop&line=strip',
    'delivered-readable',
    'readable',
  ],
  ['DANE, all signed, STARTTLS stripped', 'protection=dane&line=strip', 'waits', 'undelivered'],
  [
    'the 2016 draft, first policy and MX forged',
    'protection=smtp-sts-2016&zone=unsigned&forge-policy=yes&forge-mx=yes',
    'delivered-to-attacker',
    'proven',
  ],
] as const;

for (const [what, query, verdict, belief] of addresses)
  test(`by address alone, page and embed: ${what} → ${verdict}, believed ${belief}`, async ({
    page,
  }) => {
    for (const place of places) {
      await open(page, `${place}?${query}`);
      await expect(outcome(page)).toHaveAttribute('data-verdict', verdict);
      await expect(outcome(page)).toHaveAttribute('data-belief', belief);
      await expect(page.locator('.simulator .corrections')).toHaveCount(0);
    }
  });

test('an address that does not fit opens what comes closest, and says what it changed', async ({
  page,
}) => {
  await open(
    page,
    '/en/embed/simulator/?protection=dane&line=hover&colour=red&change=new-mx&step=99',
  );
  await expect(outcome(page)).toHaveAttribute('data-verdict', 'delivered-proven');
  const said = page.locator('.simulator .corrections li');
  await expect(said).toHaveCount(4);
  for (const word of ['hover', 'colour', 'new-mx', '99'])
    await expect(said.filter({ hasText: word })).toHaveCount(1);
});

test('steps go back and forward by keyboard, exactly, and the address keeps the step', async ({
  page,
}) => {
  await open(page, '/embed/simulator/?protection=mta-sts&history=known&line=strip');
  const last = await page.locator('.simulator .step').count();
  // Without the marks that hydration leaves.
  const drawing = async () =>
    (await page.locator('.simulator .board svg:visible').innerHTML()).replace(/<!--.*?-->/g, '');
  const current = page.locator('.simulator .step[aria-current] .number');
  const before = await drawing();
  await expect(current).toHaveText(String(last));
  await page.locator('.simulator .board').focus();
  await page.keyboard.press('ArrowLeft');
  await expect(current).toHaveText(String(last - 1));
  await expect(page).toHaveURL(/step=\d+/);
  expect(await drawing()).not.toBe(before);
  await page.keyboard.press('ArrowRight');
  await expect(current).toHaveText(String(last));
  expect(await drawing()).toBe(before);
  // The address follows a moment later: what comes next must not read the step of before.
  await expect(page).not.toHaveURL(/step=/);
  // The lines of the list lead to their steps too, and an address to the step that it names.
  await page.locator('.simulator .step .line').nth(1).focus();
  await page.keyboard.press('Enter');
  await expect(current).toHaveText('2');
  await expect(page.locator('.simulator .beside [role=status]')).toContainText(/stap 2 van/);
  const second = await drawing();
  await expect(page).toHaveURL(/step=\d+/);
  await page.reload();
  await expect(current).toHaveText('2');
  expect(await drawing()).toBe(second);
});

test('what is played moves, stops at any moment, and ends at the last step; with less motion it cannot be played', async ({
  page,
}) => {
  await open(page, '/embed/simulator/?protection=dane&line=strip');
  const moving = () => page.evaluate(() => document.getAnimations().length);
  expect(await moving()).toBe(0);
  await page.getByRole('button', { name: 'Afspelen' }).click();
  await expect.poll(moving).toBeGreaterThan(0);
  await page.getByRole('button', { name: 'Pauze' }).click();
  const current = page.locator('.simulator .step[aria-current] .number');
  const at = await current.innerText();
  await page
    .getByRole('button', { name: 'Terug' })
    .or(page.getByRole('button', { name: 'Verder' }))
    .first()
    .click();
  await expect(current).not.toHaveText(at);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await expect(page.getByRole('button', { name: 'Afspelen' })).toBeHidden();
  await page.getByRole('button', { name: 'Verder' }).click();
  expect(await moving()).toBe(0);
});

test('each row of the home picture is reached from one of its cells, by the choice of protection', async ({
  page,
}) => {
  await page.goto('/en/');
  const rows = await page.locator('.picture tbody tr').evaluateAll((all) =>
    all.map((row) =>
      [...row.querySelectorAll('a')].map((cell) => ({
        href: cell.href,
        verdict: cell.dataset['verdict'] ?? '',
        belief: cell.dataset['belief'] ?? '',
      })),
    ),
  );
  expect(rows.filter((cells) => cells.length === 4)).toHaveLength(6);
  for (const [index, cells] of rows.entries()) {
    await open(page, cells[index % cells.length]!.href);
    for (const { href, verdict, belief } of cells) {
      const protection = new URL(href).searchParams.get('protection');
      await page.locator(`.simulator input[type=radio][value=${protection}]`).check();
      await expect(page).toHaveURL(new RegExp(`protection=${protection}\\b`));
      await expect(outcome(page)).toHaveAttribute('data-verdict', verdict);
      await expect(outcome(page)).toHaveAttribute('data-belief', belief);
      await expect(page.locator('.simulator .unlike button')).toHaveCount(0);
    }
  }
});

for (const width of [360, 1280])
  test(`a setting that makes DANE less than its name is told, and undone with one key, at ${width} pixels`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height: 900 });
    await open(page, '/en/how-it-works/?protection=mta-sts&resolver=not-validating&line=strip');
    // Nothing in MTA-STS asks for DNSSEC: nothing to tell, but beside a comparison with DANE.
    const told = page
      .locator('.unlike', { hasText: 'does not validate DNSSEC' })
      .locator('visible=true');
    await expect(told).toHaveCount(0);
    await page.getByLabel('Compare with').selectOption('dane');
    await expect(told).toHaveCount(1);
    await page.getByLabel('Compare with').selectOption('');
    await page.getByRole('radio', { name: 'MTA-STS', exact: true }).focus();
    await page.keyboard.press('ArrowDown');
    await expect(outcome(page)).toHaveAttribute('data-verdict', 'delivered-readable');
    await expect(told).toHaveCount(1);
    await expect(told).toHaveAttribute('aria-live', 'polite');
    expect(await axeFinds(page, { within: '.simulator' })).toEqual([]);
    // Told beside the fold that it stands in, too.
    await expect(page.locator('.simulator .differs')).toContainText(/resolver/);
    await told.getByRole('button', { name: 'Undo this' }).focus();
    await page.keyboard.press('Enter');
    await expect(outcome(page)).toHaveAttribute('data-verdict', 'waits');
    await expect(page.locator(':focus')).toHaveClass(/unlike/);
    await expect(page.locator(':focus')).toHaveText(/waits in the queue/);
    await expect(page).toHaveURL(/resolver=by-protection/);
  });

test('a walk by keyboard: predict five, then all steps, exactly, compare, other senders; axe finds nothing on the way', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const clean = async () => {
    expect(await axeFinds(page, { within: '.simulator' })).toEqual([]);
  };
  await open(page, '/en/how-it-works/');
  await expect(page.locator('.simulator .outcome:visible')).toHaveCount(0);
  await clean();
  // The same answer five times is right at least once and not each time: what is asked differs.
  for (const number of [1, 2, 3, 4, 5]) {
    await expect(page.locator('.simulator .which')).toContainText(`Attack ${number} of 5`);
    await page.getByRole('button', { name: 'The attacker gets it' }).focus();
    await page.keyboard.press('Enter');
    await expect(page.locator('.simulator .after [role=status]')).toContainText(
      `of ${number} right`,
    );
    await expect(page.locator(':focus')).toHaveText(number < 5 ? 'Next attack' : 'Start again');
    if (number === 1) await clean();
    if (number < 5) await page.keyboard.press('Enter');
  }
  await expect(page.locator('.simulator .score [data-hit=true]')).toHaveCount(3);
  await page.getByRole('button', { name: 'All steps' }).focus();
  await page.keyboard.press('Enter');
  await expect(outcome(page)).toHaveAttribute('data-verdict', /./);
  await page.locator('.simulator .exact').focus();
  await page.keyboard.press('Enter');
  const details = page.locator('.simulator .step .row details').first();
  await expect(details).toHaveAttribute('open', '');
  await page.getByLabel('Compare with').selectOption('mta-sts');
  await expect(page.getByRole('table', { name: 'The same attack, two protections' })).toBeVisible();
  await page.locator('summary', { hasText: 'Show what observed senders do here' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('.simulator table')).toHaveCount(2);
  await clean();
});

test('a situation is found by its question, and opens at its outcome', async ({ page }) => {
  await page.goto('/en/how-it-works/');
  const situation = page
    .locator('.question', { hasText: 'Who is blocking?' })
    .getByRole('link')
    .first();
  const title = await situation.innerText();
  await situation.focus();
  await page.keyboard.press('Enter');
  await expect(outcome(page)).toBeVisible();
  await expect(page.locator('.simulator .title small')).toHaveText(title);
});

test('both languages tell the same story, step by step', async ({ page }) => {
  const told = async (path: string) => {
    await open(page, `${path}?protection=dane-and-mta-sts&line=mitm-rogue-ca`);
    return {
      steps: await page.locator('.simulator .step').count(),
      acts: await page.locator('.simulator .step .hit').count(),
      verdict: await outcome(page).getAttribute('data-verdict'),
    };
  };
  expect(await told('/embed/simulator/')).toEqual(await told('/en/embed/simulator/'));
});

test('on paper all moments stand beside each other, numbered, and no control', async ({ page }) => {
  await open(page, '/embed/simulator/?protection=dane&line=strip&step=1');
  await page.emulateMedia({ media: 'print' });
  const moments = page.locator('.simulator .sheet li');
  expect(await moments.count()).toBeGreaterThan(3);
  for (const moment of await moments.all()) {
    await expect(moment.locator('svg')).toBeVisible();
    await expect(moment.locator('p')).toBeVisible();
  }
  for (const control of ['.choices', '.scene-player', '.modes', '.tools'])
    await expect(page.locator(`.simulator ${control}`)).toBeHidden();
});

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });
  test('the first delivery is printed whole, with its verdict and what the sender believes', async ({
    page,
  }) => {
    for (const place of places) {
      await page.goto(place);
      const printed = page.locator('.simulator .on-paper');
      await expect(printed.locator('.outcome')).toHaveAttribute(
        'data-verdict',
        'delivered-to-attacker',
      );
      await expect(printed.locator('.outcome')).toHaveAttribute('data-belief', 'proven');
      expect(await printed.locator('.sheet li').count()).toBeGreaterThan(3);
      // An embed carries the moments; the steps with their bytes stand on the page.
      if (place.includes('/embed/')) continue;
      const numbers = await printed.locator('.row .number').allInnerTexts();
      expect(numbers).toEqual(numbers.map((_, index) => String(index + 1)));
      expect(numbers.length).toBeGreaterThan(5);
      await expect(printed.locator('.row details a').first()).toHaveCount(1);
    }
  });
});

test('two stages under the same attack move by one control, and end together', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/en/how-it-works/?preset=draft-forged-first-policy&compare=dane&step=1');
  const stages = page.locator('.stages > div');
  await expect(stages).toHaveCount(2);
  const said = () => stages.locator('p').allInnerTexts();
  const count = page.locator('.both [role="status"]');
  const both = page.locator('.both');
  const [back, on] = ['Back', 'Forward'].map((name) => both.getByRole('button', { name }));
  await back!.click();
  await expect(count).toHaveText(/^step 1 of/);
  const steps = (await count.innerText()).at(-1);
  const seen = [await said()];
  for (let step = 2; step <= Number(steps); step += 1) {
    await on!.press('Enter');
    await expect(count).toHaveText(`step ${step} of ${steps}`);
    seen.push(await said());
  }
  // At the end the button is disabled and keeps the focus.
  await expect(on!).toBeDisabled();
  await expect(on!).toBeFocused();
  expect(seen.length).toBeGreaterThan(3);
  expect(new Set(seen.map(([draft]) => draft)).size).toBe(seen.length);
  const [draft, dane] = seen.at(-1) ?? [];
  expect(draft).toContain('The letter goes to the attacker.');
  expect(dane).toContain('safe, but late');
  await back!.click();
  await expect.poll(said).toEqual(seen.at(-2));
});
