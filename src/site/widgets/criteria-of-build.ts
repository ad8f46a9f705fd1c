/** The memo's findings with the verdicts on its claims, as the weighing shows them in a language. */
import { criterionIds, type CriterionId, type ShownFinding } from '../../view/criteria/weighing.ts';
import { formatDate } from '../../view/messages/dates.ts';
import type { Lang } from '../../view/messages/lang.ts';
import { factsOfBuild } from '../facts/facts.ts';
import { hrefOf, hrefOfClaim } from '../routes.ts';

export interface ShownCriteria {
  readonly findings: readonly ShownFinding[];
  readonly criteria: Readonly<
    Record<CriterionId, { readonly name: string; readonly question: string }>
  >;
  readonly advice: { readonly text: string; readonly href: string };
  /** Each source once, in the order in which the findings rest on them. */
  readonly sources: readonly string[];
  /** When the claims were last checked. */
  readonly date: string;
}

export function criteriaOfBuild(lang: Lang): ShownCriteria {
  const facts = factsOfBuild();
  const { criteria } = facts;
  if (!criteria) throw new Error('content/criteria.yaml is missing');
  const claims = new Map(facts.claims.map((claim) => [claim.id, claim]));
  const questions = Object.fromEntries(
    criteria.criteria.map(({ id, name, question }) => [
      id,
      { name: name[lang], question: question[lang] },
    ]),
  ) as Record<CriterionId, { name: string; question: string }>;
  for (const id of criterionIds) if (!questions[id]) throw new Error(`no criterion "${id}"`);
  const sources = new Set(
    criteria.findings.flatMap((finding) =>
      finding.claims.flatMap((id) => claims.get(id)?.sources.map(({ source }) => source) ?? []),
    ),
  );
  const lastChecked =
    facts.claims
      .map(({ checked }) => checked.date)
      .sort()
      .at(-1) ?? '';
  return {
    findings: criteria.findings.map((finding) => ({
      id: finding.id,
      criterion: finding.criterion,
      text: finding.text[lang],
      ifWrong: finding.ifWrong[lang],
      claims: finding.claims.map((id) => {
        const claim = claims.get(id);
        if (!claim) throw new Error(`content/criteria.yaml: no claim "${id}"`);
        return {
          id,
          verdict: claim.verdict,
          later: claim.later[lang],
          href: hrefOfClaim(id, lang),
        };
      }),
    })),
    criteria: questions,
    advice: { text: criteria.advice[lang], href: `${hrefOf('memo', lang)}#p11` },
    sources: [...sources].map((id) => facts.sources.get(id)?.short[lang] ?? id),
    date: formatDate(lastChecked, lang),
  };
}
