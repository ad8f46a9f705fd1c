/**
 * Links that ask what is unknown, old or contradictory: each widget opens what comes nearest and says what it
 * changed, while another of its kind on the same page shows what its own link asks, and says nothing.
 */
import { expect as expectSoon, test, type FrameLocator } from '@playwright/test';

const expect = expectSoon.configure({ timeout: 20_000 });

interface Linked {
  readonly id: string;
  readonly widget: string;
  /** Asks too much, and each word that must come back in what is said of it. */
  readonly bad: string;
  readonly said: readonly string[];
  /** What the bad link still opens. */
  readonly opens: (frame: FrameLocator) => Promise<void>;
  readonly good: string;
  readonly shows: (frame: FrameLocator) => Promise<void>;
}

const linked: readonly Linked[] = [
  {
    id: 'simulator',
    widget: '.simulator',
    bad: 'protection=dane&line=hover&colour=red&preset=long-gone&change=new-mx&step=99&mx=two&mx=one&compare=rot13',
    said: ['hover', 'colour', 'long-gone', 'new-mx', '99', 'mx appeared', 'rot13'],
    opens: async (frame) => {
      await expect(frame.locator('.outcome')).toHaveAttribute('data-verdict', 'delivered-proven');
      await expect(frame.locator('input[value="dane"]')).toBeChecked();
    },
    good: 'protection=dane&line=strip',
    shows: (frame) => expect(frame.locator('.outcome')).toHaveAttribute('data-verdict', 'waits'),
  },
  {
    id: 'first-contact',
    widget: '.first-contact',
    bad: 'stop=last&lifetime=9999&interval=often&from=8&to=3&draft=poem&dot=mta-sts.0&refresh=0&refresh=1',
    said: ['last', '9999', 'often', 'day 8', 'poem', 'mta-sts.0', 'refresh appeared'],
    opens: (frame) => expect(frame.getByRole('checkbox', { name: /every day/i })).toBeChecked(),
    good: 'stop=blocked',
    shows: (frame) =>
      expect(frame.locator('[data-dot="mta-sts.0"]')).toHaveAttribute(
        'data-verdict',
        'delivered-readable',
      ),
  },
  {
    id: 'matrix',
    widget: 'section.matrix',
    bad: 'history=yesterday&zone=golden&situation=long-gone&tlsa2=none&only-false=maybe&tlsa=none&tlsa=3-1-1-wrong',
    said: ['yesterday', 'golden', 'long-gone', 'tlsa2', 'maybe', 'tlsa appeared'],
    opens: (frame) => expect(frame.locator('select[id$="-tlsa"]')).toHaveValue('3-1-1-wrong'),
    good: 'history=known&tlsa=none',
    shows: (frame) =>
      expect(frame.locator('[data-history]').first()).toHaveAttribute('data-history', 'known'),
  },
  {
    id: 'burden',
    widget: 'section.burden',
    bad: 'rate=99999&zipf=steep&sender=nobody&lifetime=7&lifetime=14',
    said: ['99999', 'steep', 'nobody', 'lifetime appeared'],
    opens: (frame) => expect(frame.getByRole('spinbutton').nth(1)).toHaveValue('14'),
    good: 'rate=5',
    shows: (frame) => expect(frame.getByRole('spinbutton').first()).toHaveValue('5'),
  },
  {
    id: 'criteria',
    widget: '.criteria',
    bad: 'weights=no-such:2,first-contact:9,first-contact:1,first-contact:-1&wrong=nothing',
    said: ['no-such', 'first-contact:9', 'first-contact appeared', 'nothing'],
    opens: (frame) =>
      expect(frame.locator('input[name$="weight-first-contact"][value="-1"]')).toBeChecked(),
    good: 'weights=first-contact:2',
    shows: (frame) =>
      expect(frame.locator('input[name$="weight-first-contact"][value="2"]')).toBeChecked(),
  },
];

for (const { id, widget, bad, said, opens, good, shows } of linked)
  test(`${id}: a link that does not fit beside one that does`, async ({ page }) => {
    const frame = (name: string, query: string) =>
      `<iframe name="${name}" title="${name}" src="/en/embed/${id}/?${query.replaceAll('&', '&amp;')}" width="900" height="700"></iframe>`;
    await page.route('**/host.html', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<!doctype html><html lang="en"><title>host</title>${frame('bad', bad)}${frame('good', good)}`,
      }),
    );
    await page.goto('/host.html');
    const [asking, fitting] = ['bad', 'good'].map((name) => page.frameLocator(`[name="${name}"]`));
    for (const each of [asking!, fitting!])
      await expect(each.locator(widget).first()).toHaveAttribute('data-ready', 'true');
    const changed = asking!.locator('.corrections li');
    for (const word of said) await expect(changed.filter({ hasText: word })).not.toHaveCount(0);
    await expect(changed).toHaveCount(said.length);
    await opens(asking!);
    await expect(fitting!.locator('.corrections')).toHaveCount(0);
    await shows(fitting!);
  });
