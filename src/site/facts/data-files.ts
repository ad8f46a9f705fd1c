/** Every file of data that this site publishes: the page of data and its JSON-LD are made from this list. */
import { contentOfBuild } from '../content.ts';
import { changedClaims } from '../feed.ts';
import { releases } from '../releases.ts';
import { accessibilitySchema } from '../schemas/accessibility.ts';
import { factsOfBuild } from './facts.ts';

export const licenceAddress = 'https://creativecommons.org/licenses/by/4.0/';

const newest = (dates: readonly string[]): string | undefined => dates.toSorted().at(-1);

export function dataFiles() {
  const { claims } = factsOfBuild();
  const checks = claims.flatMap(({ checked, sources }) => [
    checked.date,
    ...sources.flatMap((source) => source.checked?.date ?? []),
  ]);
  const released = releases()[0]?.date;
  /** When what is in a file was last looked at or changed; undefined before there is a release. */
  const dates = {
    claims: newest([...checks, ...changedClaims().map(({ date }) => date)]),
    sources: newest(checks),
    scenarios: released,
    cases: released,
    matrix: released,
    accessibility: contentOfBuild('accessibility.yaml', accessibilitySchema).evaluated,
  };
  return (Object.keys(dates) as (keyof typeof dates)[]).map((id) => {
    const stem = `/${id === 'scenarios' || id === 'cases' ? 'corpus' : 'data'}/${id}`;
    return { id, path: `${stem}.json`, schema: `${stem}.schema.json`, date: dates[id] };
  });
}
