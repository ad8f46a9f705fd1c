/** The validator in the browser itself: the same names, keys and lies as in Node. */
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { nameOf } from '../../src/core/dns/name.ts';
import type { RrType } from '../../src/core/dns/type.ts';
import type { ValidatedLookup } from '../../src/core/dnssec/validate.ts';
import { bedNames } from '../testbed/names.table.ts';
import type * as Anchor from '../../src/world/live/anchor.ts';
import type * as Live from '../../src/world/live/live.ts';
import { askUnbound } from '../testbed/oracle.ts';
import { alive } from './alive.ts';
import { bed, doh } from './bed.ts';

const noble = 'node_modules/@noble';
const blank = `<!doctype html><title>validator</title><script type="importmap">${JSON.stringify({
  imports: {
    '@noble/hashes/': `/bare/${noble}/hashes/`,
    '@noble/curves/': `/bare/${noble}/curves/`,
  },
})}</script>`;

/** A page without the site, to which the sources come as they are, only without their types. */
async function openSources(page: Page): Promise<void> {
  await page.route('**/bare/**', async (route) => {
    const { pathname } = new URL(route.request().url());
    const file = pathname.replace(/^\/bare\//, '');
    if (file === '') return route.fulfill({ contentType: 'text/html', body: blank });
    const text = readFileSync(join('.', file), 'utf8');
    const body = file.endsWith('.ts') ? stripTypeScriptTypes(text) : text;
    return route.fulfill({ contentType: 'text/javascript', body });
  });
  await page.goto('/bare/');
}

/** Chromium takes public exponents of RSA up to 33 bits; what it cannot check it may not call wrong. */
const notHere: readonly string[] = ['exp34.test', 'exp35.test'];

test('all names of the test bed are in this browser what unbound says they are, or not checkable here', async ({
  page,
}) => {
  await openSources(page);
  const found = await page.evaluate(
    async ({ address, anchorText, names }) => {
      const sources = '/bare/src/world/live/';
      const { openLive } = (await import(`${sources}live.ts`)) as typeof Live;
      const { parseAnchors } = (await import(`${sources}anchor.ts`)) as typeof Anchor;
      const anchors = parseAnchors(anchorText);
      if (!anchors.ok) throw new Error('no anchors');
      const live = openLive({ address, anchors: anchors.value });
      const results: string[] = [];
      for (const [name, type] of names) {
        const asked = { ask: 'proved-lookup', name, type } as Parameters<typeof live.answer>[0];
        const { answer } = await live.answer(asked);
        const { security, reason } = answer as ValidatedLookup;
        results.push(security === 'indeterminate' ? reason : security);
      }
      return results;
    },
    { address: doh(), anchorText: bed().anchors.join('\n'), names: bedNames },
  );
  const differing: string[] = [];
  for (const [at, [name, type]] of bedNames.entries()) {
    // A loop is no data at all from this resolver: it answers SERVFAIL, whatever we ask it to skip.
    if (name === 'loop1.cname.test') continue;
    const { status } = await askUnbound(bed().resolverPort, nameOf(name), type as RrType);
    const expected = notHere.includes(name) ? 'dnssec.algorithm-not-here' : status;
    if (found[at] !== expected) differing.push(`${name} ${type}: ${found[at]}, unbound ${status}`);
  }
  expect(found).toHaveLength(bedNames.length);
  expect(differing).toEqual([]);
});

test('a resolver that lies about AD changes no verdict, and its word stands beside ours', async ({
  page,
}) => {
  const check = async (resolver: string | undefined) => {
    await page.goto('/controle/');
    await alive(page.locator('.lookup'));
    await page.locator('input[name="domain"]').fill('expired.test');
    if (resolver !== undefined) {
      await page.locator('.lookup .resolvers > summary').click();
      await page.locator('.lookup input[type="radio"][value="own"]').check();
      await page.locator('.lookup input[type="url"]').fill(resolver);
    }
    await page.locator('.lookup button[type="submit"]').click();
    await expect(page.locator('.lookup')).toHaveAttribute('data-stage', 'done', {
      timeout: 30_000,
    });
    const statuses = page.locator('.lookup .outcome .answer[data-status]');
    return statuses.evaluateAll((all) => all.map((each) => each.getAttribute('data-status')));
  };
  const honest = await check(undefined);
  expect(honest).toContain('bogus');
  expect(await check(doh({ 'x-lie': 'ad' }))).toEqual(honest);
  await expect(page.locator('.lookup .claim').first()).toContainText('Onze eigen controle');
  // The chain, as a picture and in words, with what the resolver claimed and why a date can mislead.
  const chain = page.locator('details.part', { has: page.locator('.chain-picture') });
  await chain.locator('summary').first().click();
  await expect(chain.locator('svg > g').first()).toBeVisible();
  await expect(chain.locator('.claims')).toContainText('AD-bit');
  await expect(chain.locator('.clock')).toContainText('klok');
  await chain.locator('.as-list > summary').press('Enter');
  await expect(chain.locator('.chain-list').first()).toContainText('expired.test');
  expect(await chain.locator('.chain-list li[data-kind]').count()).toBe(
    await chain.locator('svg > g').count(),
  );
});
