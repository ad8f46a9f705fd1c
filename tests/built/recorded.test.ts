/** The recorded check: under the form before anybody presses, in its own embed, and in a pinned one. */
import { expect, test } from 'vitest';
import { recordedRun } from '../../src/site/recordings.ts';
import { release } from '../../src/site/release.ts';
import { showReport } from '../../src/view/check/report-view.ts';
import { t } from '../../src/site/messages.ts';
import { builtPages, isReleased } from './site.ts';

const view = showReport(recordedRun().report);
const pages = builtPages();
/** A release keeps the recording of its day. */
const pinned = [
  [`/v/${release}/embed/check/`, 'nl', 'alone'],
  [`/v/${release}/en/embed/check/`, 'en', 'alone'],
] as const;

test.each([
  ['/controle/', 'nl', 'under-form'],
  ['/en/check/', 'en', 'under-form'],
  ['/embed/check/recorded/', 'nl', 'alone'],
  ['/en/embed/check/recorded/', 'en', 'alone'],
  ...pinned.filter(([path]) => !isReleased(path)),
] as const)('%s shows the recorded run without script, with its date', (path, lang, place) => {
  const html = pages.find((page) => page.path === path)?.html ?? '';
  expect(html).toContain(`data-recorded="${view.checkedAt.slice(0, 10)}"`);
  expect(html).toContain(t(lang, 'site.title'));
  for (const { id, tone } of view.cards)
    expect(html).toContain(`data-card="${id}" data-tone="${tone}"`);
  expect(html.match(/data-standing="all-hosts"/g)).toHaveLength(1);
  // Every host, every record, and the grid of the attack with its verdicts.
  for (const { host } of view.hosts) expect(html).toContain(`data-host="${host}"`);
  expect(html.match(/data-row="tlsa-record"/g)?.length).toBe(3);
  expect(html.match(/class="cell[^"]*"/g)?.length).toBeGreaterThanOrEqual(24);
  expect(html.includes('name="domain"')).toBe(place === 'under-form');
});
