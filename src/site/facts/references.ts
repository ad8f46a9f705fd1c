/** What the facts point at must exist: sources, sections, claims, runs, rebuttals. */
import { rules, type RuleId } from '../../core/rules.ts';
import type { Problem } from '../content.ts';
import type { Evidence, Place } from '../schemas/text.ts';
import { evidenceIn } from './evidence.ts';
import type { Facts } from './read.ts';
import { runs } from './runs.ts';

/** Every dangling reference, with the file and the path where it stands. */
export function danglingReferences(facts: Facts): readonly Problem[] {
  const problems: Problem[] = [];
  const claimIds = new Set(facts.claims.map(({ id }) => id));

  const section = (file: string, path: string, { source, section }: Place): void => {
    const entry = facts.sources.get(source);
    if (!entry) problems.push({ file, path: `${path}.source`, reason: `no source "${source}"` });
    else if (!(section in entry.sections))
      problems.push({
        file,
        path: `${path}.section`,
        reason: `"${source}" has no section "${section}"`,
      });
  };
  const quoted = (file: string, path: string, given: Evidence): void => {
    section(file, path, given);
    const text = facts.sources.get(given.source)?.text;
    if (given.checked && text && given.checked.sha256 !== text.sha256)
      problems.push({
        file,
        path: `${path}.checked.sha256`,
        reason: `checked against another text than content/sources/${given.source}.yaml names`,
      });
    if (given.quote !== undefined && !text)
      problems.push({
        file,
        path: `${path}.quote`,
        reason: `"${given.source}" has no text to check it in`,
      });
  };
  /** A disputed study never stands alone. */
  const rebutted = (file: string, path: string, given: readonly Place[]): void => {
    for (const { source } of given) {
      const rebuttal = facts.sources.get(source)?.rebuttedBy;
      if (rebuttal && !given.some((other) => other.source === rebuttal))
        problems.push({
          file,
          path,
          reason: `"${source}" stands without its rebuttal "${rebuttal}"`,
        });
    }
  };
  const claim = (file: string, path: string, id: string): void => {
    if (!claimIds.has(id)) problems.push({ file, path, reason: `no claim "${id}"` });
  };
  const run = (file: string, path: string, id: string | null): void => {
    if (id !== null && !facts.scenarios.has(id) && !(id in runs))
      problems.push({ file, path, reason: `no scenario, parse or computation "${id}"` });
  };
  const memoPlace = (file: string, path: string, id: string): void =>
    section(file, path, { source: 'memo', section: id });

  for (const { file, path, given } of evidenceIn(facts)) quoted(file, path, given);

  for (const entry of facts.claims) {
    const file = `content/claims/${entry.id}.yaml`;
    if (entry.toldWith !== undefined) claim(file, 'toldWith', entry.toldWith);
    for (const [index, id] of entry.places.entries()) memoPlace(file, `places.${index}`, id);
    quoted(file, 'quotation', {
      source: 'memo',
      section: entry.places[0] ?? '',
      quote: entry.quotation[0],
      checked: entry.checked,
    });
    run(file, 'run', entry.run);
    rebutted(file, 'sources', [...entry.sources, ...entry.later.sources]);
  }

  for (const [id, source] of facts.sources) {
    const file = `content/sources/${id}.yaml`;
    if (source.rebuttedBy !== undefined && !facts.sources.has(source.rebuttedBy))
      problems.push({ file, path: 'rebuttedBy', reason: `no source "${source.rebuttedBy}"` });
    for (const [number, { clause }] of Object.entries(source.sections))
      if (clause !== undefined && !source.text)
        problems.push({
          file,
          path: `sections.${number}.clause`,
          reason: 'there is no text to check it in',
        });
  }

  const file = 'content/clauses.yaml';
  for (const [index, { rules: ids, source, section: number, words }] of (
    facts.clauses?.clauses ?? []
  ).entries()) {
    const path = `clauses.${index}`;
    quoted(file, path, { source, section: number, quote: words });
    if (facts.sources.get(source)?.sections[number]?.clause !== undefined)
      problems.push({
        file: `content/sources/${source}.yaml`,
        path: `sections.${number}.clause`,
        reason:
          'rules quote this section: their words in content/clauses.yaml say what it is about',
      });
    for (const id of ids)
      if (!(id in rules)) problems.push({ file, path: `${path}.rules`, reason: `no rule "${id}"` });
      else if (
        !rules[id as RuleId].some((cited) => cited.source === source && cited.section === number)
      )
        problems.push({ file, path, reason: `"${id}" does not cite ${source} §${number}` });
  }
  for (const id of Object.keys(facts.clauses?.none ?? {}))
    if (!(id in rules)) problems.push({ file, path: 'none', reason: `no rule "${id}"` });

  const events = new Set(facts.timeline.map(({ id }) => id));
  for (const [index, event] of facts.timeline.entries()) {
    const file = 'content/timeline.yaml';
    if (event.with !== undefined && !events.has(event.with))
      problems.push({ file, path: `${index}.with`, reason: `no event "${event.with}"` });
    rebutted(file, `${index}.sources`, event.sources);
  }

  if (facts.comparison) {
    const file = 'content/comparison.yaml';
    for (const [index, defect] of facts.comparison.defects.entries())
      run(file, `defects.${index}.run`, defect.run);
    for (const [index, row] of facts.comparison.memoTable.entries()) {
      memoPlace(file, `memoTable.${index}.row`, row.row);
      for (const id of row.claims) claim(file, `memoTable.${index}.claims`, id);
    }
  }
  if (facts.criteria) {
    const file = 'content/criteria.yaml';
    for (const [index, criterion] of facts.criteria.criteria.entries())
      for (const id of criterion.places) memoPlace(file, `criteria.${index}.places`, id);
    for (const [index, finding] of facts.criteria.findings.entries())
      for (const id of finding.claims) claim(file, `findings.${index}.claims`, id);
  }
  return problems;
}
