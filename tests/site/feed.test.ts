/** The feed: Atom (RFC 4287), with an entry for each changed claim. */
import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { changedClaims, feedOf } from '../../src/site/feed.ts';
import { factsOfBuild } from '../../src/site/facts/facts.ts';

describe.each(['nl', 'en'] as const)('the feed in %s', (lang) => {
  const feed = feedOf(lang, 'https://example.org/');

  test('is well-formed, and has what Atom demands of a feed and of each entry', () => {
    const program = `
import sys, xml.etree.ElementTree as tree
atom = "{http://www.w3.org/2005/Atom}"
feed = tree.fromstring(sys.stdin.read())
assert feed.tag == atom + "feed"
for part in ("id", "title", "updated", "author"): assert feed.find(atom + part) is not None, part
entries = feed.findall(atom + "entry")
for entry in entries:
    for part in ("id", "title", "updated", "summary"): assert entry.find(atom + part).text, part
    assert entry.find(atom + "link").get("href").startswith("https://example.org/")
ids = [entry.find(atom + "id").text for entry in entries]
assert len(set(ids)) == len(ids)
print(len(entries))
`;
    const counted = execFileSync('python3', ['-c', program], { input: feed, encoding: 'utf8' });
    expect(Number(counted)).toBeGreaterThanOrEqual(changedClaims().length);
  });

  test('names both verdicts where one changed, and begins with the newest', () => {
    expect(feed).toContain(lang === 'nl' ? 'C16: ander oordeel' : 'C16: another verdict');
    const dates = [...feed.matchAll(/<updated>([^<]+)</g)].map(([, date]) => date);
    expect(dates).toEqual(dates.toSorted().toReversed());
  });
});

test('a changed claim is a claim, and its verdict is the last that it changed to', () => {
  const { claims } = factsOfBuild();
  const verdicts = new Map(claims.map(({ id, verdict }) => [id, verdict]));
  expect(changedClaims().length).toBeGreaterThan(5);
  const last = new Map(
    changedClaims()
      .toReversed()
      .flatMap(({ claim, is }) => (is === undefined ? [] : [[claim, is] as const])),
  );
  expect(changedClaims().filter(({ claim }) => !verdicts.has(claim))).toEqual([]);
  for (const [claim, is] of last) expect([claim, verdicts.get(claim)]).toEqual([claim, is]);
});
