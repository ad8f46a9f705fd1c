/**
 * What stands below the report: the policy by rungs, the attack, links; and who hears what. Against
 * really signed zones on loopback; policy hosts are played by the test.
 */
import { readFileSync } from 'node:fs';
import { expect, test, type Locator, type Page, type Request } from '@playwright/test';
import sharp from 'sharp';
import { svgProblems } from '../built/svg.ts';
import { alive } from './alive.ts';
import { doh } from './bed.ts';

const patience = { timeout: 60_000 };
const root = (page: Page) => page.locator('.lookup');

async function open(page: Page, path = '/controle/') {
  await page.goto(path);
  await alive(root(page));
}
/** What stood there of an earlier one is gone at the press. */
async function ask(page: Page, domain: string) {
  await page.locator('input[name="domain"]').fill(domain);
  await page.locator('.lookup button[type="submit"]').click();
  await expect(root(page)).toHaveAttribute('data-stage', 'done', patience);
}
async function check(page: Page, domain: string, path = '/controle/') {
  await open(page, path);
  await ask(page, domain);
}

const policyOf = (mx: string, mode = 'enforce') =>
  `version: STSv1\r\nmode: ${mode}\r\nmx: ${mx}\r\nmax_age: 604800\r\n`;

test('only the chosen resolver is asked, and the policy host only on request; the name is nowhere of ours', async ({
  page,
  baseURL,
}) => {
  const domain = 'gemeente-zilverdam.test';
  const policyUrl = `https://mta-sts.${domain}/.well-known/mta-sts.txt`;
  const asked: Request[] = [];
  page.on('request', (request) => asked.push(request));
  await page.route(/^https:/, (route) => route.abort());
  await page.goto('/controle/');
  await alive(root(page));
  await page.locator('input[name="domain"]').fill(domain);
  await page.waitForLoadState('networkidle');
  const origins = () => new Set(asked.map((request) => new URL(request.url()).origin));
  expect([...origins()]).toEqual([new URL(baseURL!).origin]);

  await page.locator('.lookup button[type="submit"]').click();
  await expect(page.locator('.attack table')).toBeVisible(patience);
  expect([...origins()].sort()).toEqual([new URL(baseURL!).origin, new URL(doh()).origin].sort());
  await page.locator('[data-action="fetch-policy"]').click();
  await expect(page.locator('[data-fetch="not-readable"]')).toBeVisible(patience);
  const others = asked.filter(
    (request) =>
      ![new URL(baseURL!).origin, new URL(doh()).origin].includes(new URL(request.url()).origin),
  );
  expect(others.map((request) => request.url())).toEqual([policyUrl]);

  const ours = asked.filter((request) => request.url().startsWith(baseURL!));
  for (const request of ours) {
    expect(request.url().replace(/#.*$/, '')).not.toContain('zilverdam');
    expect(JSON.stringify(request.headers())).not.toContain('zilverdam');
  }
  const kept = await page.evaluate(() => ({
    local: JSON.stringify({ ...localStorage }),
    session: JSON.stringify({ ...sessionStorage }),
    cookies: document.cookie,
    before: location.pathname + location.search,
  }));
  expect(JSON.stringify(kept)).not.toContain('zilverdam');
  expect(new URL(page.url()).hash).toContain(domain);
});

test('the embed asks nobody until a resolver is chosen, and then only that one', async ({
  page,
  baseURL,
}) => {
  const origins = new Set<string>();
  page.on('request', (request) => origins.add(new URL(request.url()).origin));
  await page.goto('/en/embed/check/');
  await alive(root(page));
  await page.locator('input[name="domain"]').fill('a13.test');
  await page.locator('.lookup button[type="submit"]').click();
  await expect(page.getByRole('alert')).toBeVisible();
  expect([...origins]).toEqual([new URL(baseURL!).origin]);
  await page.locator('.lookup input[type="radio"]').first().check();
  await page.locator('.lookup button[type="submit"]').click();
  await expect(root(page)).toHaveAttribute('data-stage', 'done', patience);
  expect([...origins].sort()).toEqual([new URL(baseURL!).origin, new URL(doh()).origin].sort());
});

test('a readable policy is held against the mail hosts; one that cannot be read is not called missing', async ({
  page,
}) => {
  await page.route(/^https:..mta-sts\.only-sts\.test\//, (route) =>
    route.fulfill({
      status: 200,
      contentType: 'text/plain',
      headers: { 'access-control-allow-origin': '*' },
      body: policyOf('other.only-sts.test'),
    }),
  );
  await check(page, 'only-sts.test');
  const policy = page.locator('.policy');
  await expect(policy).toHaveAttribute('data-policy', 'not-asked');
  await page.locator('[data-action="fetch-policy"]').click();
  await expect(policy).toHaveAttribute('data-policy', 'host-not-listed', patience);
  await expect(policy.locator('[data-host="mx.only-sts.test"]')).toHaveAttribute(
    'data-listed',
    'false',
  );
  // Undisturbed, a sender that follows this policy does not deliver.
  await expect(page.locator('[data-sender="mta-sts"]')).toHaveAttribute('data-verdict', 'waits');
  await expect(page.locator('[data-actor="you"] [data-action="list-host"]')).toBeVisible();
});

test('a pasted policy is read with the places of its faults, and the probe is asked for first', async ({
  page,
}) => {
  let asked = 0;
  await page.route(/^https:..mta-sts\.only-sts\.test\//, (route) => {
    asked += 1;
    // Without a CORS header the readable fetch ends as an error; the hidden one after it does not.
    return asked === 1
      ? route.abort()
      : route.fulfill({ status: 404, contentType: 'text/html', body: 'not here' });
  });
  await check(page, 'only-sts.test', '/en/check/');
  await expect(page.locator('[data-action="probe-policy"]')).toHaveCount(0);
  await page.locator('[data-action="fetch-policy"]').click();
  await page.locator('[data-action="probe-policy"]').click(patience);
  await expect(page.locator('[data-probe="answers"]')).toBeVisible(patience);
  expect(asked).toBe(2);
  const text = page.locator('.policy textarea');
  await text.fill('version: STSv1\nmode: maybe\nmx: <script>alert(1)</script>\n');
  await page.locator('[data-action="give-policy"]').click();
  await expect(page.locator('.policy')).toHaveAttribute('data-policy', 'faulty');
  await expect(page.locator('.policy .faults')).toContainText('character 22');
  await text.fill(policyOf('*.only-sts.test'));
  await page.locator('[data-action="give-policy"]').click();
  await expect(page.locator('.policy')).toHaveAttribute('data-policy', 'enforced');
});

test('the grid of the domain opens traces, follows assumptions, and works from the keyboard', async ({
  page,
}) => {
  await check(page, 'gemeente-zilverdam.test');
  const cell = (attacker: string, protection: string) =>
    page.locator(`[data-attacker="${attacker}"] [data-protection="${protection}"]`);
  await expect(cell('strip', 'dane')).toHaveAttribute('data-verdict', 'waits', patience);
  await expect(cell('strip', 'opportunistic')).toHaveAttribute(
    'data-verdict',
    'delivered-readable',
  );
  await expect(cell('blocks', 'mta-sts')).toHaveAttribute('data-verdict', 'delivered-readable');
  await page.locator('.attack input[value="known"]').check();
  await expect(cell('blocks', 'mta-sts')).toHaveAttribute('data-verdict', 'waits');
  await cell('nobody', 'dane').focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('.attack .trace')).toBeFocused();
  // The rules of a moment are under "Exactly"; which moment has one, the scene decides.
  await page.locator('.trace .exact').click();
  const told = async (): Promise<readonly string[]> => {
    const rules: string[] = [];
    const count = await page.locator('.trace .step').count();
    for (let step = 1; step <= count; step += 1) {
      await page.locator(`.trace [data-step="${step}"]`).click();
      await expect(page.locator('.trace .step[aria-current]')).toHaveText(
        new RegExp(`^\\s*${step}`),
      );
      const rows = page.locator('.trace [data-rule]');
      rules.push(
        ...(await rows.evaluateAll((all) => all.map((row) => row.getAttribute('data-rule') ?? ''))),
      );
    }
    return rules;
  };
  expect(await told()).toContain('dane.authenticated');
  await page.locator('[data-assume="certificate"]').selectOption('only-public');
  await expect(cell('nobody', 'dane')).toHaveAttribute('data-verdict', 'waits');
  expect(await told()).toContain('dane.not-authenticated');
});

test('a link with the answers shows them without asking anybody, and says so', async ({
  page,
  context,
  baseURL,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await check(page, 'mx-alias.test');
  await page.locator('[data-share="answers"]').click(patience);
  const link = page.locator('.share-report input');
  await expect(link).toHaveValue(/#record=/);
  const address = await link.inputValue();
  const other = await context.newPage();
  const origins = new Set<string>();
  other.on('request', (request) => origins.add(new URL(request.url()).origin));
  await other.goto(address);
  await expect(root(other)).toHaveAttribute('data-stage', 'done', patience);
  await expect(other.locator('.outcome')).toHaveAttribute('data-from-link', 'true');
  await expect(other.locator('[data-host="mail.mx-alias.test"]').first()).toBeVisible();
  await expect(other.locator('.attack table')).toBeVisible(patience);
  expect([...origins]).toEqual([new URL(baseURL!).origin]);
  await other.goto(`${baseURL}/controle/#record=nonsense`);
  await other.reload();
  await expect(other.getByRole('alert')).toBeVisible();
});

test('each kind of domain gets its own sentence', async ({ page }) => {
  await open(page);
  for (const [domain, sentence, seen] of [
    ['hundred-mx.test', 'lookup.sentence.dane-none-of-first', '[data-left-out="90"]'],
    ['many-nowhere.odd-mail.test', 'lookup.sentence.first-nowhere', '[data-left-out="20"]'],
    ['alias-domain.odd-mail.test', 'lookup.sentence.alias-nowhere', '.note'],
    [
      'onion.odd-mail.test',
      'lookup.sentence.dane-reachable',
      '[data-host="a.onion"][data-standing="special-name"]',
    ],
    ['star.odd-mail.test', 'lookup.sentence.dane-reachable', '[data-warning="not-a-host-name"]'],
    ['refuses-mail.test', 'lookup.sentence.null-mx', '[data-row="mx"][data-status="proved"]'],
    ['nothing-here.test', 'lookup.sentence.no-server', '.note'],
    ['no-such-domain.test', 'lookup.sentence.no-domain', '[data-row="mx"][data-status="absent"]'],
    ['mail.apex-alias.test', 'lookup.sentence.dane', '.note'],
    ['mx-alias.test', 'lookup.sentence.dane', '[data-warning="alias"]'],
    ['unsigned-domain.test', 'lookup.sentence.neither', '.despite'],
    [
      'null-mx.odd-mail.test',
      'lookup.sentence.dane-reachable',
      '[data-host="."][data-standing="null-mx-beside"]',
    ],
    ['alias-host.odd-mail.test', 'lookup.sentence.neither', '[data-row="tlsa"] .aliases'],
    ['only-localhost.odd-mail.test', 'lookup.sentence.no-server', '[data-action="say-null-mx"]'],
    [
      'no-host.odd-mail.test',
      'lookup.sentence.sts-no-policy-host',
      '[data-action="give-policy-host"]',
    ],
  ] as const)
    await test.step(domain, async () => {
      await ask(page, domain);
      await expect(page.locator('.outcome')).toHaveAttribute('data-domain', domain);
      await expect.soft(page.locator('.sentence')).toHaveAttribute('data-sentence', sentence);
      // Details may be folded away: what counts is that it stands there.
      await expect.soft(page.locator(seen).first()).toBeAttached(patience);
    });
});

test('script in records stays text', async ({ page }) => {
  let alarmed = false;
  page.on('dialog', (dialog) => {
    alarmed = true;
    void dialog.dismiss();
  });
  await check(page, 'inert-script.test');
  await expect(page.locator('[data-row="mta-sts"]')).toContainText(
    '<script>alert(1)</script>',
    patience,
  );
  await expect(page.locator('.outcome script, .outcome img')).toHaveCount(0);
  expect(alarmed).toBe(false);
});

test('the conclusion and the chain of trust can be saved, as a drawing and as a picture of the same', async ({
  page,
}) => {
  await check(page, 'gemeente-zilverdam.test');
  const chain = page.locator('details.part', { has: page.locator('.chain-picture') });
  await chain.locator('> summary').click();
  const save = async (from: Locator, kind: 'svg' | 'png') => {
    const saved = page.waitForEvent('download', patience);
    await from.locator(`[data-figure="${kind}"]`).click();
    const download = await saved;
    return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
  };
  for (const [from, name, words] of [
    [page.locator('.share-report'), 'check', 'TLSA'],
    [page.locator('.chain-picture'), 'chain', '_25._tcp.in1.post-hosting.test TLSA: bewezen.'],
  ] as const) {
    const drawing = await save(from, 'svg');
    expect(drawing.name).toBe(`${name}.svg`);
    const svg = drawing.bytes.toString();
    expect(svgProblems(svg), name).toEqual([]);
    expect(svg).toMatch(/<title id="figure-title">[^<]*gemeente-zilverdam\.test<\/title>/);
    expect(/<desc [^>]*>([^<]*)</.exec(svg)?.[1], name).toContain(words);

    const picture = await save(from, 'png');
    expect(picture.name).toBe(`${name}.png`);
    // Fonts differ, and lines break elsewhere; as light as each other they are all the same.
    const lightness = async (image: Buffer) => {
      const { channels } = await sharp(image).flatten({ background: '#fff' }).greyscale().stats();
      return channels[0]?.mean ?? 0;
    };
    const [drawn, painted] = [await lightness(drawing.bytes), await lightness(picture.bytes)];
    expect(Math.abs(drawn - painted), `${name}: ${drawn} and ${painted}`).toBeLessThan(4);
  }
});
