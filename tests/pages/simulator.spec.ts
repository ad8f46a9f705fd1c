/** The simulator on its page and in its embed: by address, by keyboard, without script, on paper. */
import { expect as expectSoon, test, type Page } from '@playwright/test';
import { alive } from './alive.ts';
import { axeFinds } from './axe.ts';

// Each waits for what it expects, and not for time: bounds for a machine that does other things too.
const expect = expectSoon.configure({ timeout: 20_000 });
test.describe.configure({ timeout: 120_000 });

const outcome = (page: Page) => page.locator('.simulator .outcome');

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
    '/en/embed/simulator/?protection=dane&line=hover&colour=red&change=new-mx&step=99&other.line=x',
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
  const steps = page.locator('.simulator .step');
  const last = await steps.count();
  const trace = () => page.locator('.simulator .sequence').innerText();
  const before = await trace();
  const current = page.locator('.simulator .step[aria-current]');
  const slider = page.locator('.simulator input[type="range"]');
  await slider.focus();
  await page.keyboard.press('Home');
  await expect(current.locator('.number')).toHaveText('1');
  await expect(page).toHaveURL(/step=1\b/);
  await page.keyboard.press('ArrowRight');
  await expect(current.locator('.number')).toHaveText('2');
  // The numbers and the arrow keys, wherever they have no other meaning.
  await steps.nth(2).locator('button.number').focus();
  await page.keyboard.press('Enter');
  await expect(current.locator('.number')).toHaveText('3');
  await page.keyboard.press('ArrowLeft');
  await expect(current.locator('.number')).toHaveText('2');
  // Browsers bound how often an address may change, so it follows a moment later.
  await expect(page).toHaveURL(/step=2\b/);
  await page.reload();
  await expect(current.locator('.number')).toHaveText('2');
  await page.locator('.simulator input[type="range"]').focus();
  await page.keyboard.press('End');
  await expect(current.locator('.number')).toHaveText(String(last));
  expect(await trace()).toBe(before);
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
    const settings = page.locator('.simulator .settings');
    if (await settings.isVisible()) await settings.click();
    await page.getByRole('radio', { name: 'MTA-STS (RFC 8461)', exact: true }).focus();
    await page.keyboard.press('ArrowDown');
    await expect(outcome(page)).toHaveAttribute('data-verdict', 'delivered-readable');
    await expect(told).toHaveCount(1);
    await expect(told).toHaveAttribute('aria-live', 'polite');
    expect(await axeFinds(page, { within: '.simulator' })).toEqual([]);
    // The next stop after the choice.
    await page.keyboard.press('Tab');
    await expect(page.locator(':focus')).toHaveText('Undo this');
    await page.keyboard.press('Enter');
    await expect(outcome(page)).toHaveAttribute('data-verdict', 'waits');
    await expect(page.locator(':focus')).toHaveClass(/unlike/);
    await expect(page.locator(':focus')).toHaveText(/waits in the queue/);
    await expect(page).toHaveURL(/resolver=by-protection/);
  });

test('a walk by keyboard: predict, reveal, compare, other senders; axe finds nothing on the way', async ({
  page,
}) => {
  const clean = async () => {
    expect(await axeFinds(page, { within: '.simulator' })).toEqual([]);
  };
  await open(page, '/en/embed/simulator/');
  // Another protection, with the keys that radio buttons have.
  await page.getByRole('radio', { name: 'SMTP STS, draft of March 2016' }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(page).toHaveURL(/protection=mta-sts/);
  await page.getByRole('checkbox', { name: 'Predict first' }).focus();
  await page.keyboard.press('Space');
  await expect(page.locator('.simulator [data-verdict]')).toHaveCount(0);
  await clean();
  await page.getByRole('button', { name: 'It is not delivered for now' }).focus();
  await page.keyboard.press('Enter');
  await expect(outcome(page)).toHaveAttribute('data-verdict', /./);
  await expect(page.locator('.simulator .step[aria-current] .number')).toHaveText('1');
  const details = page.locator('.simulator .step details').first();
  await details.locator('summary').focus();
  await page.keyboard.press('Enter');
  await expect(details).toHaveAttribute('open', '');
  await page.getByLabel('Compare with').selectOption('dane');
  await expect(page.getByRole('table', { name: 'The same attack, two protections' })).toBeVisible();
  await page.locator('summary', { hasText: 'Show what observed senders do here' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('.simulator table')).toHaveCount(2);
  for (const verdict of await page.locator('.simulator [data-verdict]').all())
    await expect(verdict).toHaveAttribute('data-belief', /./);
  await clean();
});

test('both languages tell the same story, step by step', async ({ page }) => {
  const told = async (path: string) => {
    await open(page, `${path}?protection=dane-and-mta-sts&line=mitm-rogue-ca`);
    const rules = page.locator('.simulator .step');
    return {
      rules: await rules.evaluateAll((all) => all.map((step) => step.getAttribute('data-rule'))),
      verdict: await outcome(page).getAttribute('data-verdict'),
      messages: await page.locator('.simulator .message').count(),
    };
  };
  expect(await told('/embed/simulator/')).toEqual(await told('/en/embed/simulator/'));
});

for (const width of [320, 1280])
  test(`no label of the diagram leaves it or covers another, at ${width} pixels`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height: 900 });
    await open(
      page,
      '/embed/simulator/?protection=smtp-sts-2016&zone=unsigned&forge-mx=yes&forge-policy=yes',
    );
    const boxes = await page.locator('.simulator .sequence .words').evaluateAll((all) =>
      all.map((label) => {
        const { left, right, top, bottom } = label.getBoundingClientRect();
        return { left, right, top, bottom };
      }),
    );
    expect(boxes.length).toBeGreaterThan(5);
    boxes.forEach((box, index) => {
      expect(box.left).toBeGreaterThanOrEqual(0);
      expect(box.right).toBeLessThanOrEqual(width);
      for (const other of boxes.slice(index + 1))
        expect(other.top >= box.bottom - 1 || other.bottom <= box.top + 1).toBe(true);
    });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      width,
    );
  });

test('on paper all steps stand as a numbered list with the figure, and no control', async ({
  page,
}) => {
  await open(page, '/embed/simulator/?protection=dane&line=strip&step=1');
  await page.emulateMedia({ media: 'print' });
  const steps = page.locator('.simulator .step');
  expect(await steps.count()).toBeGreaterThan(3);
  for (const step of await steps.all()) await expect(step.locator('.sentence')).toBeVisible();
  for (const control of ['.controls', '.player', '.predict'])
    await expect(page.locator(`.simulator ${control}`)).toBeHidden();
  const colours = await page
    .locator('.simulator .sentence')
    .evaluateAll((all) => new Set(all.map((each) => getComputedStyle(each).color)).size);
  expect(colours).toBe(1);
});

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });
  test('the first trace is printed whole, with its verdict and what the sender believes', async ({
    page,
  }) => {
    for (const place of places) {
      await page.goto(place);
      await expect(outcome(page)).toHaveAttribute('data-verdict', 'delivered-to-attacker');
      await expect(outcome(page)).toHaveAttribute('data-belief', 'proven');
      const numbers = await page.locator('.simulator .step .number').allInnerTexts();
      expect(numbers).toEqual(numbers.map((_, index) => String(index + 1)));
      expect(numbers.length).toBeGreaterThan(5);
      await expect(page.locator('.simulator .step details a').first()).toHaveCount(1);
    }
  });
});
