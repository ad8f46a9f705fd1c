/** The tools for administrators: by keyboard, with wrong input, and without anything leaving. */
import { expect, test, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { makeChain, type OpensslChain } from '../view/certificate/openssl-chain.ts';
import { alive } from './alive.ts';
import { axeFinds } from './axe.ts';

// A loaded machine with two cores is slow; nothing here is about time.

let chain: OpensslChain;
test.beforeAll(() => {
  chain = makeChain('mx.example.nl');
});

async function open(page: Page, path = '/gereedschap/') {
  await page.goto(path);
  // A link opens where it leads.
  if (path.includes('#')) return;
  for (const folded of await page.locator('.fold > summary:visible').all()) await folded.click();
  for (const id of ['match', 'make', 'read']) await alive(page.locator(`#${id}`));
}
/** Puts text on the clipboard's way: what a paste event brings, without a clipboard. */
const paste = (page: Page, selector: string, text: string) =>
  page.locator(selector).evaluate((field, pasted) => {
    (field as HTMLTextAreaElement).focus();
    const data = new DataTransfer();
    data.setData('text/plain', pasted);
    field.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    );
  }, text);
const report = (
  day: string,
  failures: readonly object[],
  failed: number,
  sender = 'Reporter <script>alert(1)</script>',
) => ({
  name: `${day}.json`,
  mimeType: 'application/json',
  buffer: Buffer.from(
    JSON.stringify({
      'organization-name': sender,
      'date-range': { 'start-datetime': `${day}T00:00:00Z`, 'end-datetime': `${day}T23:59:59Z` },
      'report-id': day,
      policies: [
        {
          policy: { 'policy-type': 'tlsa', 'policy-domain': 'example.nl' },
          summary: { 'total-successful-session-count': 100, 'total-failure-session-count': failed },
          'failure-details': failures,
        },
      ],
    }),
  ),
});

test('certificate and TLSA are compared by keyboard, and the outcome is read first', async ({
  page,
}) => {
  await open(page);
  await page.locator('#match-host').focus();
  await page.keyboard.insertText('mx.example.nl');
  await expect(page.locator('#match pre').first()).toContainText('-connect mx.example.nl:25');
  await page.locator('#match-pem').fill(chain.leaf + chain.root);
  await page.locator('#match-tlsa').fill(chain.leafRecord);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.locator('#match .outcome')).toBeFocused();
  await expect(page.locator('#match .sentence')).toContainText('Het past');
  await expect(page.locator('#match .outcome')).toContainText('DNSSEC');
});

test('a private key that is pasted never stands in the field, and what stood there stays', async ({
  page,
}) => {
  await open(page);
  const secret = chain.leafKey.split('\n')[1] ?? '';
  for (const field of ['#match-pem', '#make-tlsa-current']) {
    await page.locator(field).fill(chain.leaf);
    await paste(page, field, `${chain.root}${chain.leafKey}`);
    await expect(page.locator(`${field}-notice [data-notice="private-key"]`)).toBeVisible();
    const value = await page.locator(field).inputValue();
    expect(value).not.toContain(secret);
    expect(value).not.toContain('PRIVATE');
    expect(value).toContain(chain.leaf.split('\n')[1]);
    expect(value).toContain(chain.root.split('\n')[1]);
  }
  // Another way in than a paste: the field is filled at once.
  await page.locator('#match-pem').fill(chain.leafKey);
  await expect(page.locator('#match-pem')).toHaveValue('');
  await page.locator('#match-pem-file').setInputFiles({
    name: 'server.key',
    mimeType: 'application/octet-stream',
    buffer: Buffer.from(chain.leafKey),
  });
  await expect(page.locator('#match-pem-notice [data-notice="private-key"]')).toBeVisible();
  await expect(page.locator('#match-pem')).toHaveValue('');
  expect(await page.content()).not.toContain(secret);
});

test('what is no certificate and no record gets a sentence each, and nothing typed is lost', async ({
  page,
}) => {
  await open(page, '/en/tools/');
  const script = '<img src=x onerror=alert(1)>';
  await page.locator('#match-host').fill(script);
  await page.locator('#match-pem').fill(script);
  await page.locator('#match-tlsa').fill(`3 1 1 ${script}`);
  await page.locator('#match button[type="submit"]').click();
  for (const field of ['host', 'pem', 'tlsa'])
    await expect(page.locator(`#match-${field}`)).toHaveAttribute('aria-invalid', 'true');
  await expect(page.locator('#match-host')).toBeFocused();
  await expect(page.locator('#match-host')).toHaveValue(script);
  await expect(page.locator('#match-pem')).toHaveValue(script);
  await expect(page.locator('#match-tlsa')).toHaveValue(`3 1 1 ${script}`);
  await expect(page.locator('#match .outcome')).toHaveCount(0);
});

test('a certificate gives its record and, with the next key, the dated plan', async ({ page }) => {
  await open(page);
  await page.locator('#make-tlsa-host').fill('mx.example.nl');
  await page.locator('#make-tlsa-current').fill(chain.leaf);
  await page.locator('#make-tlsa button[type="submit"]').click();
  const outcome = page.locator('#make-tlsa .outcome');
  await expect(outcome).toBeFocused();
  await expect(outcome.locator('pre').first()).toHaveText(
    `_25._tcp.mx.example.nl. 3600 IN TLSA ${chain.leafRecord}`,
  );
  await page.locator('#make-tlsa details.more > summary').click();
  await page.locator('#make-tlsa-next').fill(chain.nextPublic);
  await page.locator('#make-tlsa button[type="submit"]').click();
  await expect(outcome.locator('.steps > li')).toHaveCount(4);
  await expect(outcome.locator('.steps > li').last().locator('pre')).toContainText(
    chain.nextRecord,
  );
});

test('a link brings the domain into the plan without sending it, and the plan goes in and out', async ({
  page,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await open(
    page,
    '/gereedschap/#publish?domain=gemeente-zilverdam.nl&mx=mx1.gemeente-zilverdam.nl',
  );
  await expect(page.locator('#make-sts-domain')).toHaveValue('gemeente-zilverdam.nl');
  await expect(page.getByRole('heading', { level: 2, name: 'Wat u publiceert' })).toBeInViewport();
  await page.locator('#make-sts-rua').fill('tls@gemeente-zilverdam.nl');
  await page.locator('#make-sts-rua').press('Tab');
  await page.locator('#make-sts button[type="submit"]').focus();
  await page.keyboard.press('Enter');
  const outcome = page.locator('#make-sts .outcome');
  await expect(outcome).toBeFocused();
  await expect(outcome).toContainText('mode: enforce');
  await expect(outcome).toContainText('_smtp._tls.gemeente-zilverdam.nl. 3600 IN TXT');
  const saved = page.waitForEvent('download');
  await outcome.getByRole('button', { name: '.ics' }).click();
  expect((await saved).suggestedFilename()).toBe('gemeente-zilverdam.nl.ics');
  await page.locator('#make-sts input[value="out"]').check();
  await page.locator('#make-sts button[type="submit"]').click();
  await expect(outcome).toContainText('mode: none');
  expect(asked.filter((url) => url.includes('zilverdam') && !url.includes('#'))).toEqual([]);
});

test('on a phone the tools are folded: a link to a form opens it, and what was typed stays when it closes', async ({
  page,
}) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await open(page, '/gereedschap/#publish?domain=gemeente-zilverdam.nl');
  const domain = page.locator('#make-sts-domain');
  await expect(domain).toBeVisible();
  await expect(domain).toHaveValue('gemeente-zilverdam.nl');
  await expect(page.locator('#match-host')).toBeHidden();
  await domain.fill('example.nl');
  const fold = page.locator('.fold', { has: domain }).locator('> summary');
  await fold.click();
  await expect(domain).toBeHidden();
  await fold.click();
  await expect(domain).toHaveValue('example.nl');
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('#private')).toBeVisible();
});

test('a move of mail is a dated plan, by keyboard, and wrong names are named', async ({ page }) => {
  await open(page, '/en/tools/#publish?domain=example.org&mx=mx1.example.org&mx=mx2.example.org');
  await expect(page.locator('#make-move-domain')).toHaveValue('example.org');
  await page.locator('#make-move-to').fill('mx.provider.example\nno server');
  await page.locator('#make-move button[type="submit"]').focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('#make-move-to')).toBeFocused();
  await expect(page.locator('#make-move-to-fault')).toContainText('“no server”');
  await expect(page.locator('#make-move-to')).toHaveValue('mx.provider.example\nno server');
  await page.locator('#make-move-to').fill('mx.provider.example');
  await page.locator('#make-move-age').selectOption('604800');
  await page.locator('#make-move button[type="submit"]').press('Enter');
  const outcome = page.locator('#make-move .outcome');
  await expect(outcome).toBeFocused();
  await expect(outcome.locator('.steps > li')).toHaveCount(10);
  await expect(outcome).toContainText('mx: mx2.example.org');
  await expect(outcome.locator('.steps > li').last()).toContainText('mx1.example.org');
  const saved = page.waitForEvent('download');
  await outcome.getByRole('button', { name: '.ics' }).click();
  expect((await saved).suggestedFilename()).toBe('example.org.ics');
});

test('a plan that our own parsers would refuse is not shown; the field says why', async ({
  page,
}) => {
  await open(page, '/en/tools/');
  await page.locator('#make-sts-domain').fill('example.org');
  await page.locator('#make-sts-mx').fill('mx.example.org');
  await page.locator('#make-sts-rua').fill('mailto:a@example.org!10m');
  await page.locator('#make-sts button[type="submit"]').click();
  await expect(page.locator('#make-sts-rua')).toBeFocused();
  await expect(page.locator('#make-sts-rua-fault')).toContainText('exclamation mark');
  await expect(page.locator('#make-sts-rua')).toHaveValue('mailto:a@example.org!10m');
  await expect(page.locator('#make-sts .outcome')).toHaveCount(0);
});

test('reports of several days are added up; bombs and scrap get a sentence each', async ({
  page,
}) => {
  let alerted = false;
  page.on('dialog', (dialog) => {
    alerted = true;
    void dialog.dismiss();
  });
  await open(page);
  await page.locator('#read-files').setInputFiles([
    report('2026-11-20', [], 0, '=1+1'),
    report(
      '2026-11-21',
      [
        {
          'result-type': 'tlsa-invalid',
          'failed-session-count': 4,
          'receiving-mx-hostname': 'mx.example.nl',
        },
        { 'result-type': '<img src=x onerror=alert(1)>', 'failed-session-count': 1 },
      ],
      5,
    ),
    {
      name: 'bomb.json.gz',
      mimeType: 'application/gzip',
      buffer: gzipSync(Buffer.alloc(48 * 1024 * 1024)),
    },
    { name: 'page.html', mimeType: 'text/html', buffer: Buffer.from('<html>') },
  ]);
  const outcome = page.locator('#read .outcome');
  await expect(outcome).toBeFocused({ timeout: 20_000 });
  await expect(page.locator('#read .sentence')).toContainText(
    'Van 205 verbindingen mislukten er 5',
  );
  await expect(outcome.locator('.faults li')).toHaveCount(2);
  await expect(outcome.locator('.faults')).toContainText('16 MiB');
  await expect(outcome.locator('.results > li')).toHaveCount(2);
  await expect(outcome.locator('.results')).toContainText('<img src=x onerror=alert(1)>');
  await expect(outcome.locator('svg.chart.wide')).toHaveCount(2);
  const senders = outcome.getByRole('region', { name: 'Per verzender' }).locator('tbody tr');
  await expect(senders).toHaveText([/^\s*=1\+1\s*100\s*0\s*1\s*$/, /Reporter.*100\s*5\s*1\s*$/]);
  const saved = page.waitForEvent('download');
  await outcome.getByRole('button', { name: '.csv' }).click();
  const table = readFileSync(await (await saved).path(), 'utf8').split('\r\n');
  expect(table).toHaveLength(6);
  expect(table[1]).toBe(`summary,2026-11-20,'=1+1,example.nl,tlsa,100,0,,,,,,,`);
  for (const summary of await outcome.locator('summary').all()) await summary.click();
  expect(alerted).toBe(false);
  await outcome.getByRole('button', { name: 'Maak leeg' }).click();
  await expect(outcome).toHaveCount(0);
  await expect(page.locator('#read-files')).toBeFocused();
});

test('nothing that is entered leaves the page: no request with it, and no storage', async ({
  page,
}) => {
  const foreign: string[] = [];
  const bodies: string[] = [];
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith('http') && url.hostname !== '127.0.0.1') foreign.push(url.href);
    if (request.method() !== 'GET' || url.search !== '') bodies.push(url.href);
  });
  await open(page, '/en/tools/');
  await page.locator('#match-pem').fill(chain.leaf);
  await page.locator('#match button[type="submit"]').click();
  await expect(page.locator('#match .outcome')).toBeFocused();
  await page.locator('#read-files').setInputFiles([report('2026-11-20', [], 0)]);
  await expect(page.locator('#read .outcome')).toBeFocused();
  expect(foreign).toEqual([]);
  expect(bodies).toEqual([]);
  expect(
    await page.evaluate(async () => [
      localStorage.length,
      sessionStorage.length,
      document.cookie,
      (await indexedDB.databases()).length,
    ]),
  ).toEqual([0, 0, '', 0]);
  expect(new URL(page.url()).hash).toBe('');
});

test('with every tool filled axe finds nothing, and nothing runs sideways at 320 pixels', async ({
  page,
}) => {
  await page.setViewportSize({ width: 320, height: 780 });
  await open(page);
  await page.locator('#match-host').fill('mx.example.nl');
  await page.locator('#match-pem').fill(chain.leaf + chain.root);
  await page.locator('#match-tlsa').fill(chain.rootRecord);
  await page.locator('#match button[type="submit"]').click();
  await expect(page.locator('#match .outcome')).toBeFocused();
  await page.locator('#make-tlsa-host').fill('mx.example.nl');
  await page.locator('#make-tlsa-current').fill(chain.leaf);
  await page.locator('#make-tlsa button[type="submit"]').click();
  await expect(page.locator('#make-tlsa .outcome')).toBeFocused();
  await page.locator('#make-move-domain').fill('example.nl');
  await page.locator('#make-move-from').fill('mx.example.nl');
  await page.locator('#make-move-to').fill('mx.provider.nl');
  await page.locator('#make-move button[type="submit"]').click();
  await expect(page.locator('#make-move .outcome')).toBeFocused();
  await page
    .locator('#read-files')
    .setInputFiles([
      report(
        '2026-11-20',
        [],
        0,
        'Another sender of mail with a long name that goes on for a while',
      ),
      report('2026-11-21', [{ 'result-type': 'tlsa-invalid', 'failed-session-count': 4 }], 4),
    ]);
  await expect(page.locator('#read .outcome')).toBeFocused();
  for (const summary of await page.locator('.tool summary').all()) await summary.click();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  // One field with a fault beside the outcomes, so that both are looked at.
  await page.locator('#make-sts button[type="submit"]').click();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await axeFinds(page, { within: '.tool' })).toEqual([]);
  }
});

test('each form fills itself in with an example, and shows what comes of it', async ({ page }) => {
  await open(page);
  const fill = (tool: string) =>
    page.locator(tool).getByRole('button', { name: 'Vul een voorbeeld in' }).click();
  await fill('#match');
  await expect(page.locator('#match .sentence')).toContainText('Het past');
  await expect(page.locator('#match-host')).toHaveValue('in2.post-hosting.test');
  await fill('#make-tlsa');
  await expect(page.locator('#make-tlsa .outcome .steps > li')).toHaveCount(4);
  await fill('#make-sts');
  await expect(page.locator('#make-sts .outcome .steps > li').first()).toBeVisible();
  await fill('#read');
  await expect(page.locator('#read .outcome')).toContainText('in2.post-hosting.test');
  await expect(
    page.locator('#read .outcome code', { hasText: /^tlsa-invalid$/ }).first(),
  ).toBeVisible();
  await page.locator('#lists').scrollIntoViewIfNeeded();
  await fill('#lists');
  await expect(page.locator('#lists-names')).toHaveValue(/\S+\n\S+/);
});

test('what is pasted before the script is there is not lost, nor kept with a key in it', async ({
  page,
}) => {
  let bringScript = () => {};
  const isTyped = new Promise<void>((resolve) => (bringScript = resolve));
  await page.route(/\/_astro\/(CertificateCheck|Publish)\.[^/]+\.js$/, async (route) => {
    await isTyped;
    await route.continue();
  });
  await page.goto('/gereedschap/');
  await page.locator('#match-pem').fill(chain.leaf);
  await page.locator('#match-tlsa').fill('3 1 1 00');
  await page.locator('#make-tlsa-current').fill(`${chain.leaf}${chain.leafKey}`);
  await expect(page.locator('#match')).toHaveAttribute('data-ready', 'false');
  bringScript();
  for (const tool of ['#match', '#make'])
    await expect(page.locator(tool)).toHaveAttribute('data-ready', 'true');
  await expect(page.locator('#match-pem')).toHaveValue(chain.leaf);
  await expect(page.locator('#match-tlsa')).toHaveValue('3 1 1 00');
  await expect(page.locator('#make-tlsa-current')).not.toHaveValue(/PRIVATE/);
  await expect(page.locator('#make-tlsa-current')).toHaveValue(/BEGIN CERTIFICATE/);
});

test('a date is typed in the language of the page, and one that no month has is told', async ({
  page,
}) => {
  await open(page);
  await page.locator('#make-sts').getByRole('button', { name: 'Vul een voorbeeld in' }).click();
  await page.locator('#make-sts-start').fill('31-02-2027');
  await page.locator('#make-sts button[type="submit"]').click();
  await expect(page.locator('#make-sts-start')).toHaveAttribute('aria-invalid', 'true');
  await page.locator('#make-sts-start').fill('1-3-2027');
  await page.locator('#make-sts button[type="submit"]').click();
  await expect(page.locator('#make-sts .outcome')).toContainText('1 maart 2027');
});
