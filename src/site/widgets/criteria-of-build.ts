/** The memo's findings with the verdicts on its claims, as the weighing shows them in a language. */
import { criterionIds, type CriterionId, type ShownFinding } from '../../view/criteria/weighing.ts';
import { formatDate } from '../../view/messages/dates.ts';
import type { Lang } from '../../view/messages/lang.ts';
import { factsOfBuild } from '../facts/facts.ts';
import { citedAs, verdictSigns, verdictWordsOf } from '../prose/ledger.ts';
import { hrefOf, hrefOfClaim } from '../routes.ts';

export interface ShownCriteria {
  readonly findings: readonly ShownFinding[];
  readonly criteria: Readonly<
    Record<CriterionId, { readonly name: string; readonly question: string }>
  >;
  /** Findings that carry the memo's advice, in our reading. */
  readonly carrying: readonly string[];
  readonly advice: { readonly text: string; readonly href: string };
  /** When the claims were last checked. */
  readonly date: string;
}

export function criteriaOfBuild(lang: Lang): ShownCriteria {
  const facts = factsOfBuild();
  const { criteria } = facts;
  const claims = new Map(facts.claims.map((claim) => [claim.id, claim]));
  const questions = Object.fromEntries(
    criteria.criteria.map(({ id, name, question }) => [
      id,
      { name: name[lang], question: question[lang] },
    ]),
  ) as Record<CriterionId, { name: string; question: string }>;
  for (const id of criterionIds) if (!questions[id]) throw new Error(`no criterion "${id}"`);
  const findingOf = (id: string) => {
    const finding = criteria.findings.find((each) => each.id === id);
    if (!finding) throw new Error(`content/criteria.yaml: no finding "${id}"`);
    return finding;
  };
  const lastChecked =
    facts.claims
      .map(({ checked }) => checked.date)
      .sort()
      .at(-1) ?? '';
  return {
    findings: [
      ...criteria.first.map(findingOf),
      ...criteria.findings
        .map(({ id }) => id)
        .filter((id) => !criteria.first.includes(id))
        .map(findingOf),
    ].map((finding, index) => ({
      id: finding.id,
      criterion: finding.criterion,
      number: index + 1,
      isFirst: index < criteria.first.length,
      pulls: finding.pulls,
      text: finding.text[lang],
      ifWrong: finding.ifWrong[lang],
      claims: finding.claims.map((id) => {
        const claim = claims.get(id);
        if (!claim) throw new Error(`content/criteria.yaml: no claim "${id}"`);
        return {
          id,
          verdict: claim.verdict,
          says: verdictWordsOf(claim, lang),
          sign: verdictSigns[claim.verdict],
          short: claim.short[lang],
          later: claim.later[lang],
          sources: claim.sources
            .map(({ source, section }) => citedAs(source, section, lang))
            .join('; '),
          href: hrefOfClaim(id, lang),
        };
      }),
    })),
    carrying: criteria.carrying.map(findingOf).map(({ id }) => id),
    criteria: questions,
    advice: { text: criteria.advice[lang], href: `${hrefOf('memo', lang)}#p11` },
    date: formatDate(lastChecked, lang),
  };
}
