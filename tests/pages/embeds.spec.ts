/** Embeds on sites that we do not control. */
import { readFileSync, readdirSync } from 'node:fs';
import { expect, test, type Frame, type Page } from '@playwright/test';
import { worstHeight } from '../../src/site/embed-code.ts';
import { iframeCode } from '../../src/site/iframe-code.ts';
import { embedHref, embeds } from '../../src/site/routes.ts';
import { axeFinds } from './axe.ts';
import { expectNeverBlank } from './bad-links.ts';
import { allEmbeds, expectFit, hostOfAll, insideOf, widths } from './fit.ts';

const host = 'http://host.invalid/';

/** A page of somebody else, with what it sends and asks kept. */
async function openHost(page: Page, body: string, headers: Readonly<Record<string, string>> = {}) {
  const errors: string[] = [];
  const asked = new Set<string>();
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('request', (request) => asked.add(new URL(request.url()).origin));
  await page.route(host, (route) =>
    route.fulfill({ contentType: 'text/html', body, headers: { ...headers } }),
  );
  await page.goto(host);
  return { errors, asked };
}

/** The frames of the page that hold an embed, each whole. */
async function framesOf(page: Page, count: number): Promise<readonly Frame[]> {
  const elements = page.locator('iframe');
  await expect(elements).toHaveCount(count);
  const frames: Frame[] = [];
  for (let index = 0; index < count; index += 1) {
    const element = elements.nth(index);
    // The code says loading="lazy": a frame that nobody sees is not there.
    await element.scrollIntoViewIfNeeded();
    const frame = await (await element.elementHandle())?.contentFrame();
    if (!frame) throw new Error(`frame ${index} is empty`);
    await frame.locator('footer').waitFor();
    await frame.evaluate(() => document.fonts.ready.then(() => undefined));
    frames.push(frame);
  }
  return frames;
}

/** What a reader would have to scroll inside a frame, in pixels, down and sideways. */
const overflowOf = (frame: Frame) =>
  frame.evaluate(() => {
    const { scrollHeight, clientHeight, scrollWidth, clientWidth } = document.documentElement;
    return {
      down: Math.max(0, scrollHeight - clientHeight),
      sideways: Math.max(0, scrollWidth - clientWidth),
    };
  });
/** A frame that was just made wider or narrower gets a moment to lay itself out. */
const expectNoScrolling = (frame: Frame, message: string) =>
  expect.poll(() => overflowOf(frame), { message }).toEqual({ down: 0, sideways: 0 });

for (const { path, lang } of allEmbeds)
  test(`${path} stands alone: its language, no navigation, a credit line, nothing for axe, no sideways scrolling`, async ({
    page,
  }) => {
    const errors: string[] = [];
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    const response = await page.goto(path, { waitUntil: 'load' });
    expect(response?.status()).toBe(200);
    await expect(page.locator('html')).toHaveAttribute('lang', lang);
    await expect(page.locator('nav')).toHaveCount(0);
    const targets = await page
      .locator('footer a')
      .evaluateAll((links) => links.map((link) => link.getAttribute('target')));
    expect(new Set(targets)).toEqual(new Set(['_blank']));
    expect(await axeFinds(page)).toEqual([]);
    for (const width of widths) {
      await page.setViewportSize({ width, height: 700 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
        width,
      );
    }
    expect(errors).toEqual([]);
  });

/** Each embed on either, in one of its languages on the one and in the other on the other. */
const others = [
  {
    where: 'in a sandboxed frame of a host with a strict policy that isolates itself',
    shown: allEmbeds.filter(({ half }) => half === 0),
    attributes: 'sandbox="allow-scripts"',
    headersOf: (origin: string) => ({
      'Content-Security-Policy': `default-src 'none'; frame-src ${origin}`,
      'Cross-Origin-Embedder-Policy': 'require-corp',
    }),
  },
  {
    where: 'on a host that isolates itself without credentials',
    shown: allEmbeds.filter(({ half }) => half === 1),
    attributes: '',
    headersOf: () => ({ 'Cross-Origin-Embedder-Policy': 'credentialless' }),
  },
];
for (const { where, shown, attributes, headersOf } of others)
  test(`every embed comes alive ${where}, and asks nobody else`, async ({ page, baseURL }) => {
    expect(shown.length).toBe(embeds.length);
    const frames = shown
      .map(
        ({ path }) =>
          `<iframe title="embed" src="${baseURL}${path}" ${attributes} width="700" height="600"></iframe>`,
      )
      .join('\n');
    const { errors, asked } = await openHost(
      page,
      `<!doctype html><html lang="en"><title>host</title>${frames}`,
      headersOf(String(baseURL)),
    );
    for (const [index, frame] of (await framesOf(page, shown.length)).entries()) {
      // A figure without script is alive as it comes; the others wait for their reader.
      if ((await frame.locator('astro-island').count()) === 0) continue;
      await frame.locator('h1').hover();
      await expect(frame.locator('[data-ready="true"]'), shown[index]?.path).toBeVisible({
        timeout: 30_000,
      });
    }
    expect(errors).toEqual([]);
    expect([...asked].sort()).toEqual([baseURL, 'http://host.invalid'].sort());
  });

test('who only reads moves no script, also in a browser whose pointer lies in the corner of the page', async ({
  page,
}) => {
  const scripts: string[] = [];
  page.on('request', (request) => {
    if (request.resourceType() === 'script') scripts.push(request.url());
  });
  for (const path of [
    '/eerste-contact/',
    '/en/comparison/',
    '/en/embed/check/',
    '/embed/simulator/',
  ]) {
    await page.goto(path);
    await page.mouse.move(0, 0);
    // Half a second in which nothing was fetched.
    await page.waitForLoadState('networkidle');
    expect(scripts, path).toEqual([]);
  }
  // And a reader who comes does move some.
  await page.mouse.move(20, 30);
  await expect.poll(() => scripts.length).toBeGreaterThan(0);
});

test('what is pressed before the script is there happens when it is', async ({ page }) => {
  await page.goto(embedHref('first-contact', 'en'));
  // As a keyboard or a screen reader presses: no pointer comes first.
  const second = page.locator('.stops button').nth(1);
  await expect(second).toHaveAttribute('aria-pressed', 'false');
  await second.evaluate((button: HTMLButtonElement) => button.click());
  await expect(second).toHaveAttribute('aria-pressed', 'true');
});

test('a fold that is opened before the script is there stays open', async ({ page }) => {
  let arrive = (): void => undefined;
  const held = new Promise<void>((resolve) => (arrive = resolve));
  await page.route('**/*.js', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(embedHref('criteria', 'en'));
  const fold = page.locator('details.more');
  await fold.locator('> summary').click();
  await expect(page.locator('[data-ready="true"]')).toHaveCount(0);
  await expect(fold).toHaveAttribute('open');
  arrive();
  await page.locator('h1').hover();
  await expect(page.locator('[data-ready="true"]')).toBeVisible();
  await expect(fold).toHaveAttribute('open');
  await fold.locator('> summary').click();
  await expect(fold).not.toHaveAttribute('open');
});

test('a frame holds its embed at every width without script, and fits it with script', async ({
  page,
  baseURL,
}) => {
  const { errors } = await openHost(page, hostOfAll(String(baseURL)));
  const frames = await framesOf(page, allEmbeds.length);
  const resize = (width: number) => page.setViewportSize({ width, height: 900 });
  await expectFit({ page: insideOf(page), frames: frames.map(insideOf), resize }, String(baseURL));
  expect(errors).toEqual([]);
});

test('a frame of somebody else beside an embed cannot use its script to grow', async ({
  page,
  baseURL,
}) => {
  const speak = `parent.postMessage({ type: 'sts-dane:height', height: 19999 }, '*')`;
  await page.route('http://advertisement.invalid/**', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<script>setInterval(() => ${speak}, 50)</script>`,
    }),
  );
  await openHost(
    page,
    `<!doctype html><html lang="en"><title>host</title>
<iframe id="elsewhere" src="http://advertisement.invalid/embed/" height="100"></iframe>
<iframe id="inline" srcdoc="<script>setInterval(() => ${speak.replaceAll('"', '&quot;')}, 50)</script>" height="100"></iframe>
<iframe id="no-embed" src="${baseURL}/notitie/" height="100"></iframe>
<iframe id="ours" src="${baseURL}${embedHref('criteria', 'nl')}" width="700" height="100"></iframe>
<script async src="${baseURL}/embed.js"></script>`,
  );
  const heightOf = (id: string) =>
    page.locator(`#${id}`).evaluate((frame: HTMLIFrameElement) => Number(frame.height));
  await expect.poll(() => heightOf('ours')).toBeGreaterThan(300);
  await page.waitForFunction(() => performance.now() > 1_000);
  for (const id of ['elsewhere', 'inline', 'no-embed']) expect(await heightOf(id), id).toBe(100);
  expect(await heightOf('ours')).toBeLessThan(19_000);
});

const hosts = readdirSync('tests/pages/hosts').sort();
test(`embeds hold on hosts of every kind: ${hosts.join(', ')}`, async ({ page, baseURL }) => {
  expect(hosts.length).toBe(4);
  const shown = [
    { id: 'simulator', lang: 'nl' },
    { id: 'matrix', lang: 'en' },
    { id: 'check', lang: 'nl' },
  ] as const;
  const frames = shown
    .map(({ id, lang }) =>
      iframeCode({
        address: `${baseURL}${embedHref(id, lang)}`,
        title: id,
        height: worstHeight(id),
      }),
    )
    .join('\n');
  for (const name of hosts) {
    const body = readFileSync(`tests/pages/hosts/${name}`, 'utf8')
      .replaceAll('{{origin}}', String(baseURL))
      .replace('{{frames}}', frames);
    await page.unrouteAll();
    const { errors } = await openHost(page, body);
    const opened = await framesOf(page, shown.length);
    for (const width of widths) {
      await page.setViewportSize({ width, height: 800 });
      const sideways = await page.evaluate(
        () => document.documentElement.scrollWidth - window.innerWidth,
      );
      expect(sideways, `${name} at ${width}`).toBeLessThanOrEqual(0);
      for (const [index, frame] of opened.entries())
        await expectNoScrolling(frame, `${shown[index]?.id} on ${name} at ${width}`);
    }
    // What a host says of its letters and their direction ends at the frame.
    const style = await opened[0]?.evaluate(() => {
      const { direction, fontSize, letterSpacing, textTransform } = getComputedStyle(document.body);
      // Ours grows a little with the width of its frame; those of the hosts are twice as large.
      const isOurSize = parseFloat(fontSize) >= 17 && parseFloat(fontSize) <= 19;
      return { direction, isOurSize, letterSpacing, textTransform };
    });
    expect(style).toEqual({
      direction: 'ltr',
      isOurSize: true,
      letterSpacing: 'normal',
      textTransform: 'none',
    });
    expect(errors, name).toEqual([]);
  }
});

test('an address that is not there, a state that is not known, and markup in an address end in words', async ({
  page,
  baseURL,
}) => {
  await expectNeverBlank(page, String(baseURL), '');
  for (const [theme, scheme] of [
    ['dark', 'dark'],
    ['<b>', 'light dark'],
  ] as const) {
    await page.goto(`/embed/timeline/?theme=${encodeURIComponent(theme)}`);
    await expect(page.locator('html')).toHaveCSS('color-scheme', scheme);
  }
});

test('every drawing opens alone in a browser, and its picture shows the same', async ({
  page,
  baseURL,
}) => {
  await page.goto('/insluiten/');
  const links = await page
    .locator('a[href$=".svg"]')
    .evaluateAll((all) => [...new Set(all.map((link) => link.getAttribute('href') ?? ''))]);
  expect(links.length).toBeGreaterThanOrEqual(10);
  for (const link of links) {
    const [isXml, apart] = await page.evaluate(async (path) => {
      // Asked for as a document: what is no XML comes as none.
      const isXml = await new Promise<boolean>((resolve) => {
        const asked = new XMLHttpRequest();
        asked.open('GET', path);
        asked.responseType = 'document';
        asked.onloadend = () => resolve(asked.responseXML?.documentElement.localName === 'svg');
        asked.send();
      });
      const load = (src: string) =>
        new Promise<HTMLImageElement>((resolve, reject) => {
          const image = new Image();
          image.onload = () => resolve(image);
          image.onerror = () => reject(new Error(`${src} is no picture`));
          image.src = src;
        });
      const [drawing, picture] = [await load(path), await load(path.replace(/\.svg$/, '@2x.png'))];
      // Both as large as the drawing is: squeezed, letters of a tall one differ by how they are squeezed.
      const { naturalWidth: width, naturalHeight: height } = drawing;
      const pixels = (image: HTMLImageElement) => {
        const canvas = document.createElement('canvas');
        [canvas.width, canvas.height] = [width, height];
        const context = canvas.getContext('2d')!;
        context.drawImage(image, 0, 0, width, height);
        return context.getImageData(0, 0, width, height).data;
      };
      const [a, b] = [pixels(drawing), pixels(picture)];
      let sum = 0;
      for (const [index, value] of a.entries()) sum += Math.abs(value - (b[index] ?? 0));
      return [isXml, sum / a.length] as const;
    }, link);
    expect(isXml, link).toBe(true);
    expect(apart, `${String(baseURL)}${link}`).toBeLessThan(2);
  }
});

test('who is given an address finds what to show: oEmbed, a picture of the real figure, data of an article', async ({
  request,
}) => {
  for (const path of ['/beheerlast/', '/en/memo/', '/embed/matrix/', '/en/embed/simulator/']) {
    const html = await (await request.get(path)).text();
    const [, link = ''] =
      /<link rel="alternate" type="application\/json\+oembed" href="([^"]+)"/.exec(html) ?? [];
    const oembed = (await (await request.get(link)).json()) as Record<string, unknown>;
    expect(oembed, path).toMatchObject({ version: '1.0', type: 'rich' });
    expect(oembed['width'], path).toBeGreaterThan(0);
    expect(oembed['height'], path).toBeGreaterThan(0);
    expect(oembed['html'], path).toMatch(/^<(iframe src|blockquote)/);
    const [, image = ''] = /<meta property="og:image" content="([^"]+)"/.exec(html) ?? [];
    const picture = await (await request.get(image)).body();
    // Width and height stand in the first block of a PNG.
    expect([picture.readUInt32BE(16), picture.readUInt32BE(20)], image).toEqual([1200, 630]);
    const [, data] = /<script type="application\/ld\+json">(.*?)<\/script>/.exec(html) ?? [];
    expect(data !== undefined, path).toBe(!path.includes('/embed/'));
    if (data)
      expect(JSON.parse(data)).toMatchObject({
        '@type': 'Article',
        inLanguage: path.startsWith('/en/') ? 'en' : 'nl',
        image,
      });
  }
});
