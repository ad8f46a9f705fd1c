/** Every file of data that this site publishes: the page of data and its JSON-LD are made from this list. */
import { contentOfBuild } from '../content.ts';
import { changedClaims } from '../feed.ts';
import { releases } from '../releases.ts';
import { accessibilitySchema } from '../schemas/accessibility.ts';
import { factsOfBuild } from './facts.ts';

export type DataId = 'claims' | 'sources' | 'scenarios' | 'cases' | 'matrix' | 'accessibility';

export interface DataFile {
  readonly id: DataId;
  readonly path: string;
  readonly schema: string;
  readonly licence: 'CC BY 4.0';
  /** When what is in it was last looked at or changed; undefined where it is made anew with each release. */
  readonly date: string | undefined;
}

export const licenceAddress = 'https://creativecommons.org/licenses/by/4.0/';

const newest = (dates: readonly string[]): string | undefined => dates.toSorted().at(-1);

export function dataFiles(): readonly DataFile[] {
  const { claims } = factsOfBuild();
  const checks = claims.flatMap(({ checked, sources }) => [
    checked.date,
    ...sources.flatMap((source) => source.checked?.date ?? []),
  ]);
  const released = releases()[0]?.date;
  const dates: Readonly<Record<DataId, string | undefined>> = {
    claims: newest([...checks, ...changedClaims().map(({ date }) => date)]),
    sources: newest(checks),
    scenarios: released,
    cases: released,
    matrix: released,
    accessibility: contentOfBuild('accessibility.yaml', accessibilitySchema).evaluated,
  };
  return (Object.keys(dates) as DataId[]).map((id) => {
    const stem = `/${id === 'scenarios' || id === 'cases' ? 'corpus' : 'data'}/${id}`;
    const rest = { licence: 'CC BY 4.0', date: dates[id] } as const;
    return { id, path: `${stem}.json`, schema: `${stem}.schema.json`, ...rest };
  });
}
