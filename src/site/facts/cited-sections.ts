/** Which sections of which sources this site cites: the places that the sources page lists. */
import { rules } from '../../core/rules.ts';
import { wireClauses } from '../../view/trace/wire.table.ts';
import { evidenceIn } from './evidence.ts';
import type { Facts } from './read.ts';

/** Source id → sections, in the order of the source's file. */
export function citedSections(facts: Facts): ReadonlyMap<string, readonly string[]> {
  const cited = new Map<string, Set<string>>();
  const add = ({ source, section }: { source: string; section: string }) => {
    const sections = cited.get(source) ?? new Set();
    cited.set(source, sections.add(section));
  };
  Object.values(rules).flat().forEach(add);
  Object.values(wireClauses).forEach(add);
  for (const { given } of evidenceIn(facts)) add(given);
  return new Map(
    [...facts.sources].map(([id, source]) => [
      id,
      Object.entries(source.sections)
        .filter(([section, { clause }]) => clause !== undefined || cited.get(id)?.has(section))
        .map(([section]) => section),
    ]),
  );
}

/** The anchor of a section on the sources page. */
export const sectionAnchor = (source: string, section: string): string =>
  `${source}-${section.replaceAll(' ', '-')}`;
